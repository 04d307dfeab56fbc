# The reference that test/deep/pytorch.test.ts holds the engine against: mini-batches by gradient accumulation with PyTorch's own optimizers.
# One job in JSON on stdin: { task, optimizer, epsilon, pieces, steps, folder, divideByCount, rules, bits }; `rules` are settings of a run's
# spec, every mini-batch being an epoch; `bits` 64 computes and writes everything in double precision. Writes gradient-1, and weights-N (and
# averages-N) after every N of `steps`. divideByCount is the usual mistake, for the control: the mean of the pieces' means.
import json
import os
import sys

import numpy as np
import torch
from torch import nn

from losses import loss_sum
from networks import build
from rules import clip, make_average, make_optimizer, make_scheduler
from samples import read_samples
from weights import places, read_weights, write_values

MOMENTUM = 0.1


class PooledStatistics:
    """What BatchNorm saw in a whole mini-batch; moves the running averages once, where PyTorch would move them once a piece."""

    def __init__(self, network: nn.Module):
        self.seen: dict[nn.Module, list[torch.Tensor]] = {}
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = 0.0
                module.register_forward_pre_hook(lambda m, inputs: self.seen.setdefault(m, []).append(inputs[0].detach()))

    def move(self) -> None:
        for module, pieces in self.seen.items():
            whole = torch.cat(pieces).double().transpose(0, 1).flatten(1)
            module.running_mean.lerp_(whole.mean(1).to(module.running_mean.dtype), MOMENTUM)
            module.running_var.lerp_(whole.var(1, correction=1).to(module.running_var.dtype), MOMENTUM)
        self.seen.clear()


def learn(job: dict) -> None:
    task = job["task"]
    network = build(task["network"], task["size"], task["channels"], task["classes"]).train()
    is_double = job.get("bits", 32) == 64
    if is_double:
        network.double()
    read_weights(network, task["weightsFile"])
    rules = job.get("rules", {})
    optimizer = make_optimizer(job["optimizer"], network, task["rate"], job["epsilon"], rules)
    scheduler = make_scheduler(optimizer, task["rate"], rules, 1, max(job["steps"]))
    average = make_average(network, rules)
    statistics = PooledStatistics(network)
    x, y = read_samples(task["samplesFile"], task, np.float64 if is_double else np.float32)
    for step in range(1, max(job["steps"]) + 1):
        optimizer.zero_grad()
        for a, b in zip(x.split(job["pieces"]), y.split(job["pieces"])):
            divisor = len(b) * len(job["pieces"]) if job["divideByCount"] else len(y)
            (loss_sum(task["network"], network(a), b) / divisor).backward()
        if step == 1:
            trainable_only = lambda place: place.tensor.grad if place.trainable else torch.zeros_like(place.tensor)  # noqa: E731
            write_values(os.path.join(job["folder"], "gradient-1"), network, trainable_only)
        clip(network, rules)
        optimizer.step()
        scheduler.step()
        statistics.move()
        if average:
            average.update_parameters(network)
        if step in job["steps"]:
            write_values(os.path.join(job["folder"], f"weights-{step}"), network, lambda place: place.tensor)
            if average:
                write_values(os.path.join(job["folder"], f"averages-{step}"), average.module, lambda place: place.tensor)


learn(json.load(sys.stdin))
