# The losses of test/deep/losses.test.ts in PyTorch, in 64 bits, with autograd's gradient: of whole mini-batches, by PyTorch's own functions and
# means where it has them. Jobs in JSON on stdin: [{ kind, shape, output, target, ... }]; answers [{ loss, gradient }] on stdout.
import json
import sys

import torch
from torch.nn import functional as F


def channels_second(x: torch.Tensor) -> torch.Tensor:
    return x.movedim(-1, 1)


def per_sample(output: torch.Tensor, target: torch.Tensor, counts: torch.Tensor, loss) -> torch.Tensor:
    """The mean of the samples' own losses; a sample of which nothing counts is left out."""
    own = [loss(output[i : i + 1], target[i : i + 1]) for i in range(len(output)) if counts[i].any()]
    return torch.stack(own).mean()


def cross_entropy(output, target, classWeights=None, labelSmoothing=0.0, ignore=-100, perSample=False):
    weight = None if classWeights is None else torch.tensor(classWeights, dtype=output.dtype)

    def loss(x, t):
        return F.cross_entropy(channels_second(x), t, weight=weight, ignore_index=ignore, label_smoothing=labelSmoothing)

    return per_sample(output, target, target != ignore, loss) if perSample else loss(output, target)


def softmax_focal(output, target, gamma, classWeights):
    weight = torch.tensor(classWeights, dtype=output.dtype)[target]
    entropy = F.cross_entropy(output, target, reduction="none")
    return (weight * (1 - torch.exp(-entropy)) ** gamma * entropy).sum() / weight.sum()


def binary_cross_entropy(output, target, outputWeights=None, perSample=False):
    def loss(x, t):
        if outputWeights is None:
            return F.binary_cross_entropy_with_logits(x[t >= 0], t[t >= 0])
        weight = torch.tensor(outputWeights, dtype=x.dtype).expand_as(x)[t >= 0]
        return F.binary_cross_entropy_with_logits(x[t >= 0], t[t >= 0], weight=weight, reduction="sum") / weight.sum()

    return per_sample(output, target, target >= 0, loss) if perSample else loss(output, target)


def sigmoid_focal(output, target, alpha, gamma):
    """As torchvision.ops.sigmoid_focal_loss."""
    x, t = output[target >= 0], target[target >= 0]
    p = torch.sigmoid(x)
    right = p * t + (1 - p) * (1 - t)
    loss = F.binary_cross_entropy_with_logits(x, t, reduction="none") * (1 - right) ** gamma
    return (loss if alpha < 0 else (alpha * t + (1 - alpha) * (1 - t)) * loss).mean()


def dice(output, target, smooth):
    def loss(x, t):
        counts = (t >= 0).to(x.dtype)
        p, t = (torch.sigmoid(x) * counts).flatten(1, -2), (t * counts).flatten(1, -2)
        return (1 - (2 * (p * t).sum(1) + smooth) / (p.sum(1) + t.sum(1) + smooth)).mean()

    return per_sample(output, target, target >= 0, loss)


def binary_cross_entropy_dice(output, target, smooth):
    return binary_cross_entropy(output, target, perSample=True) + dice(output, target, smooth)


KINDS = {
    "cross_entropy": cross_entropy,
    "softmax_focal": softmax_focal,
    "binary_cross_entropy": binary_cross_entropy,
    "sigmoid_focal": sigmoid_focal,
    "dice": dice,
    "binary_cross_entropy_dice": binary_cross_entropy_dice,
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "huber": F.huber_loss,
}


def answer(job: dict) -> dict:
    kind, shape, values, wanted = (job.pop(name) for name in ("kind", "shape", "output", "target"))
    output = torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()
    ignored = job.pop("ofClasses", None)
    is_class = kind in ("cross_entropy", "softmax_focal") or ignored is not None
    target = torch.tensor(wanted, dtype=torch.int64 if is_class else torch.float64).reshape(shape[:-1] if is_class else shape)
    if ignored is not None:  # a mask for each class, of one class index a pixel
        masked = (target == ignored)[..., None]
        target = F.one_hot(torch.where(target == ignored, 0, target), shape[-1]).double().masked_fill(masked, -1)
    loss = KINDS[kind](output, target, **job)
    loss.backward()
    return {"loss": loss.item(), "gradient": output.grad.flatten().tolist()}


print(json.dumps([answer(job) for job in json.load(sys.stdin)]))
