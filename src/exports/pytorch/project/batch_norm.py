"""Batch normalization as Overbatch has it: running statistics move once a mini-batch, by those of the whole mini-batch."""

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional as F

# The share of a mini-batch in the running statistics.
MOMENTUM = 0.1


class BatchNorm2d(nn.BatchNorm2d):
    """Normalizes each micro-batch by its own mean and variance, whichever process works on it, and remembers them."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        mean, variance = torch.zeros_like(self.running_mean), torch.zeros_like(self.running_var)
        y = F.batch_norm(x, mean, variance, self.weight, self.bias, training=True, momentum=1.0, eps=self.eps)
        self.seen = (mean, variance, x.numel() // x.shape[1])
        return y


class PooledStatistics:
    """Sums over the micro-batches of all processes, in 64 bits: counts, values and squares of each channel."""

    def __init__(self, network: nn.Module):
        self.layers = [layer for layer in network.modules() if isinstance(layer, BatchNorm2d) and layer.training]
        self.sums: list[Tensor] = []
        self.clear()

    def clear(self) -> None:
        self.sums = [torch.zeros(3, layer.num_features, dtype=torch.float64, device=layer.weight.device) for layer in self.layers]

    def add(self) -> None:
        """What the layers saw in the micro-batch they just worked on."""
        for layer, sums in zip(self.layers, self.sums):
            mean, variance, count = layer.seen
            mean = mean.double()
            sums[0] += count
            sums[1] += count * mean
            sums[2] += variance.double() * (count - 1) + count * mean**2

    def move(self) -> None:
        """Moves the running statistics, in every process alike."""
        if not self.layers:
            return
        together = torch.cat([sums.flatten() for sums in self.sums])
        dist.all_reduce(together)
        for layer, sums in zip(self.layers, together.split([sums.numel() for sums in self.sums])):
            count, total, squares = sums.view(3, -1)
            mean = total / count
            variance = (squares - count * mean**2) / (count - 1).clamp(min=1)
            layer.running_mean.lerp_(mean.float(), MOMENTUM)
            layer.running_var.lerp_(variance.float(), MOMENTUM)
