"""The run's loss as a sum over samples with its own denominator: those of all micro-batches add up, and are divided once."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from settings import Settings

# A pixel of this class is not learnt from; samples of it are as any other.
IGNORED_PIXEL = 255
NOTHING_IGNORED = -100

# Outputs [n, classes, …] or [n, 1] and targets; the sum and what it is to be divided by.
LossSum = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def ignored_class(settings: Settings) -> int:
    return IGNORED_PIXEL if settings.task == "pixels" else NOTHING_IGNORED


def make_loss(settings: Settings, device: torch.device) -> LossSum:
    ignored = ignored_class(settings)
    weights = None if settings.class_weights is None else torch.tensor(settings.class_weights, dtype=torch.float32, device=device)

    def weight_of(labels: Tensor) -> Tensor:
        counted = labels[labels != ignored]
        return torch.tensor(float(counted.numel()), device=device) if weights is None else weights[counted].sum()

    def cross_entropy(outputs: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        smoothing = settings.label_smoothing
        total = F.cross_entropy(outputs, labels, weights, ignore_index=ignored, label_smoothing=smoothing, reduction="sum")
        return total, weight_of(labels)

    def focal(outputs: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Lin et al. 2017: (1 − p)^γ × cross-entropy."""
        entropy = F.cross_entropy(outputs, labels, ignore_index=ignored, reduction="none")
        losses = (-torch.expm1(-entropy)) ** settings.focal_gamma * entropy
        if weights is not None:
            losses = losses * weights[labels.clamp(max=len(weights) - 1)]
        return losses.sum(), weight_of(labels)

    match settings.loss:
        case "softmax-cross-entropy":
            return cross_entropy
        case "focal":
            return focal
        case "dice":
            return lambda outputs, labels: per_picture(outputs, labels, with_entropy=False)
        case "bce-dice":
            return lambda outputs, labels: per_picture(outputs, labels, with_entropy=True)
        case "squared-error":
            return lambda outputs, values: summed(F.mse_loss, outputs, values)
        case "absolute-error":
            return lambda outputs, values: summed(F.l1_loss, outputs, values)
        case "huber":
            return lambda outputs, values: summed(F.huber_loss, outputs, values)
    raise ValueError(f"There is no loss {settings.loss}.")


def summed(loss: Callable[..., Tensor], outputs: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
    return loss(outputs, values, reduction="sum"), torch.tensor(float(values.numel()), device=outputs.device)


def per_picture(outputs: Tensor, labels: Tensor, with_entropy: bool) -> tuple[Tensor, Tensor]:
    """The Dice loss of each class's mask, with or without binary cross-entropy: the mean of every picture's own."""
    counts = (labels != IGNORED_PIXEL).unsqueeze(1).float()
    masks = F.one_hot(labels.where(labels != IGNORED_PIXEL, 0), outputs.shape[1]).movedim(-1, 1).float() * counts
    found = outputs.sigmoid() * counts
    overlap = (2 * (found * masks).sum((2, 3)) + 1) / (found.sum((2, 3)) + masks.sum((2, 3)) + 1)
    losses = (1 - overlap).mean(1)
    pixels = counts.sum((1, 2, 3))
    if with_entropy:
        entropy = F.binary_cross_entropy_with_logits(outputs, masks, reduction="none") * counts
        losses = losses + entropy.sum((1, 2, 3)) / (pixels * outputs.shape[1]).clamp(min=1)
    known = (pixels > 0).float()
    return (losses * known).sum(), known.sum()
