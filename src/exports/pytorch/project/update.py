"""What happens once a mini-batch: learning rate, clipping, penalties, the optimizer's rule, averaged weights."""

import math

import torch
from torch import Tensor, nn

from settings import Settings


def make_optimizer(settings: Settings, parameters: list[nn.Parameter]) -> torch.optim.Optimizer:
    rate = settings.learning_rate
    match settings.optimizer:
        case "sgd":
            return torch.optim.SGD(parameters, lr=rate)
        case "momentum" | "nesterov":
            return torch.optim.SGD(parameters, lr=rate, momentum=settings.momentum, nesterov=settings.optimizer == "nesterov")
        # Its decay is in `Update`, as everybody's.
        case "adam" | "adamw":
            return torch.optim.Adam(parameters, lr=rate, betas=tuple(settings.betas), eps=settings.epsilon)
        case "rmsprop":
            return torch.optim.RMSprop(parameters, lr=rate, alpha=settings.alpha, eps=settings.epsilon)
    raise ValueError(f"There is no optimizer {settings.optimizer}.")


def cosine(start: float, end: float, share: float) -> float:
    return end + (start - end) / 2 * (1 + math.cos(math.pi * share))


def learning_rate(settings: Settings, step: int, steps_per_epoch: int) -> float:
    """The rate of an update (from 1): StepLR, CosineAnnealingLR, OneCycleLR (rate only), with LinearLR in front."""
    base = settings.learning_rate
    warmup = math.floor(settings.warmup_epochs * steps_per_epoch + 0.5)
    total = max(1, steps_per_epoch * settings.epochs - warmup)

    def scheduled(index: int) -> float:
        match settings.schedule:
            case "step":
                every = max(1, math.floor(settings.step_epochs * steps_per_epoch + 0.5))
                return base * settings.step_factor ** (index // every)
            case "cosine":
                return cosine(base, 0, index / total)
            case "one-cycle":
                top = 0.3 * total - 1
                if index <= top:
                    return cosine(base / 25, base, index / top)
                return cosine(base, base / 25 / 1e4, (index - top) / (total - 1 - top))
        return base

    return scheduled(0) * step / (warmup + 1) if step <= warmup else scheduled(step - 1 - warmup)


class Update:
    """Turns the gradient of a mini-batch, which lies in the parameters, into new weights."""

    def __init__(self, settings: Settings, network: nn.Module):
        self.settings = settings
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.optimizer = make_optimizer(settings, self.parameters)
        # Penalties leave biases, normalization and learnt tokens alone.
        kernels = [m.weight for m in network.modules() if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear))]
        embeddings = [p for m in network.modules() if isinstance(m, nn.ParameterDict) for p in m.values()]
        self.decaying = [kernel for kernel in kernels + embeddings if kernel.requires_grad]

    @torch.no_grad()
    def apply(self, rate: float) -> None:
        settings = self.settings
        if settings.clip_norm is not None:
            nn.utils.clip_grad_norm_(self.parameters, settings.clip_norm)
        for kernel in self.decaying:
            kernel.grad.add_(kernel, alpha=settings.l2)
            kernel.mul_(1 - rate * settings.weight_decay)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()

    def clear(self) -> None:
        self.optimizer.zero_grad(set_to_none=True)


class Average:
    """The moving average of all weights and running statistics, where the run keeps one: validated and saved in their place."""

    def __init__(self, network: nn.Module, kept: float | None):
        self.network, self.kept = network, kept
        self.values: dict[str, Tensor] | None = None

    @torch.no_grad()
    def move(self) -> None:
        if self.kept is None:
            return
        state = self.network.state_dict()
        if self.values is None:
            self.values = {name: value.clone() for name, value in state.items()}
            return
        for name, value in state.items():
            if value.is_floating_point():
                self.values[name].lerp_(value, 1 - self.kept)

    def state(self) -> dict[str, Tensor]:
        return self.network.state_dict() if self.values is None else self.values
