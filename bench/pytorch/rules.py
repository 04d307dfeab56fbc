# What acts once a mini-batch, as PyTorch has it: torch.optim's schedulers, clip_grad_norm_, swa_utils' averages. Run as a program it answers
# the learning rates of whole runs: [{ rate, schedule, stepEpochs, stepFactor, warmupEpochs, stepsPerEpoch, epochs }] in JSON on stdin.
import json
import sys

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, LRScheduler, OneCycleLR, SequentialLR, StepLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


def make_optimizer(name: str, network: nn.Module, rate: float, epsilon: float, rules: dict) -> Optimizer:
    """Penalties leave biases and normalization alone. `rules` are the settings of a run's spec."""
    weights = list(network.parameters())
    decay = rules.get("weightDecay", 0.01) if name == "adamw" else rules.get("l2", 0.0)
    groups = [
        {"params": [w for w in weights if w.dim() > 1], "weight_decay": decay},
        {"params": [w for w in weights if w.dim() <= 1], "weight_decay": 0.0},
    ]
    betas = (rules.get("beta1", 0.9), rules.get("beta2", 0.999))
    match name:
        case "sgd":
            return torch.optim.SGD(groups, lr=rate)
        case "momentum" | "nesterov":
            return torch.optim.SGD(groups, lr=rate, momentum=rules.get("momentum", 0.9), nesterov=name == "nesterov")
        case "adam":
            return torch.optim.Adam(groups, lr=rate, betas=betas, eps=epsilon)
        case "adamw":
            return torch.optim.AdamW(groups, lr=rate, betas=betas, eps=epsilon)
        case "rmsprop":
            return torch.optim.RMSprop(groups, lr=rate, alpha=rules.get("alpha", 0.99), eps=epsilon)
    raise ValueError(f"unknown optimizer {name}")


def make_scheduler(optimizer: Optimizer, rate: float, rules: dict, steps_per_epoch: int, epochs: int) -> LRScheduler:
    warmup = round(rules.get("warmupEpochs", 0) * steps_per_epoch)
    total = steps_per_epoch * epochs - warmup
    match rules.get("schedule", "constant"):
        case "constant":
            main = ConstantLR(optimizer, factor=1.0)
        case "step":
            main = StepLR(optimizer, round(rules["stepEpochs"] * steps_per_epoch), gamma=rules["stepFactor"])
        case "cosine":
            main = CosineAnnealingLR(optimizer, T_max=total)
        case "one-cycle":
            main = OneCycleLR(optimizer, max_lr=rate, total_steps=total, cycle_momentum=False)
    if warmup == 0:
        return main
    rising = LinearLR(optimizer, start_factor=1 / (warmup + 1), total_iters=warmup)
    return SequentialLR(optimizer, [rising, main], milestones=[warmup])


def make_average(network: nn.Module, rules: dict) -> AveragedModel | None:
    if "ema" not in rules:
        return None
    return AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(rules["ema"]), use_buffers=True)


def clip(network: nn.Module, rules: dict) -> None:
    if "clipNorm" in rules:
        nn.utils.clip_grad_norm_(network.parameters(), rules["clipNorm"])


def rates(run: dict) -> list[float]:
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=run["rate"])
    scheduler = make_scheduler(optimizer, run["rate"], run, run["stepsPerEpoch"], run["epochs"])
    seen = []
    for _ in range(run["stepsPerEpoch"] * run["epochs"]):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(seen) < run["stepsPerEpoch"] * run["epochs"]:
            scheduler.step()
    return seen


if __name__ == "__main__":
    json.dump([rates(run) for run in json.load(sys.stdin)], sys.stdout)
