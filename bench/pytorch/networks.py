# The catalogue's networks in PyTorch: the same layers in the same order with the same padding as src/engine/models.
import torch
from torch import nn
from torch.nn import functional as F

EPSILON = 1e-3


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's "same": what is odd goes behind."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def same_max_pool(x, kernel: int, stride: int):
    before, after = same_padding(x.shape[-1], kernel, stride)
    # Padding behind alone is what rounding the size up does; neither copies.
    return F.max_pool2d(x, kernel, stride, padding=before if before == after else 0, ceil_mode=before != after)


class SameConv2d(nn.Conv2d):
    """Convolution with TensorFlow's "same" padding for a known input size; copies its input only where that is lopsided."""

    def __init__(self, channels: int, filters: int, kernel: int, stride: int, size: int, bias: bool):
        before, after = same_padding(size, kernel, stride)
        super().__init__(channels, filters, kernel, stride, padding=before if before == after else 0, bias=bias)
        self.lopsided = None if before == after else (before, after, before, after)

    def forward(self, x):
        return super().forward(F.pad(x, self.lopsided) if self.lopsided else x)


class Mlp(nn.Module):
    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.hidden = nn.Linear(channels * size * size, 256)
        self.second = nn.Linear(256, 256)
        self.head = nn.Linear(256, classes)
        self.flattened = (channels, size, size)

    def forward(self, x):
        return self.head(F.relu(self.second(F.relu(self.hidden(x.flatten(1))))))


class LeNet(nn.Module):
    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.first = SameConv2d(channels, 6, 5, 1, size, bias=True)
        size = -(-size // 2)
        self.second = nn.Conv2d(6, 16, 5) if size >= 5 else SameConv2d(6, 16, 5, 1, size, bias=True)
        size = -(-(size - 4 if size >= 5 else size) // 2)
        self.hidden = nn.Linear(16 * size * size, 120)
        self.third = nn.Linear(120, 84)
        self.head = nn.Linear(84, classes)
        self.flattened = (16, size, size)

    def forward(self, x):
        for convolution in (self.first, self.second):
            x = same_max_pool(F.relu(convolution(x)), 2, 2)
        return self.head(F.relu(self.third(F.relu(self.hidden(x.flatten(1))))))


class SmallCnn(nn.Module):
    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.blocks = nn.ModuleList()
        filters = 32
        while filters == 32 or size > 4:
            self.blocks.append(SameConv2d(channels, filters, 3, 1, size, bias=True))
            channels, filters, size = filters, min(2 * filters, 128), -(-size // 2)
        self.last = SameConv2d(channels, 64, 3, 1, size, bias=True)
        size = -(-size // 2)
        self.hidden = nn.Linear(64 * size * size, 64)
        self.head = nn.Linear(64, classes)
        self.flattened = (64, size, size)

    def forward(self, x):
        for convolution in self.blocks:
            x = same_max_pool(F.relu(convolution(x)), 2, 2)
        x = same_max_pool(F.relu(self.last(x)), 2, 2)
        return self.head(F.relu(self.hidden(x.flatten(1))))


class Convolution(nn.Module):
    """Convolution without bias, then BatchNorm."""

    def __init__(self, channels: int, filters: int, kernel: int, stride: int, size: int):
        super().__init__()
        self.convolution = SameConv2d(channels, filters, kernel, stride, size, bias=False)
        self.normalization = nn.BatchNorm2d(filters, eps=EPSILON, momentum=0.1)

    def forward(self, x):
        return self.normalization(self.convolution(x))


class Block(nn.Module):
    def __init__(self, channels: int, filters: int, stride: int, size: int, skip: nn.Module | None):
        super().__init__()
        self.first = Convolution(channels, filters, 3, stride, size)
        self.second = Convolution(filters, filters, 3, 1, -(-size // stride))
        self.skip = skip

    def forward(self, x):
        y = self.second(F.relu(self.first(x)))
        return F.relu((x if self.skip is None else self.skip(x)) + y)


class ResNet8(nn.Module):
    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.stem = Convolution(channels, 16, 3, 1, size)
        self.blocks = nn.ModuleList()
        channels = 16
        for filters in (16, 32, 64):
            stride = 1 if filters == channels else 2
            skip = SameConv2d(channels, filters, 1, stride, size, bias=True) if stride == 2 else None
            self.blocks.append(Block(channels, filters, stride, size, skip))
            size, channels = -(-size // stride), filters
        self.head = nn.Linear(channels, classes)

    def forward(self, x):
        x = F.relu(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return self.head(x.mean((2, 3)))


class ResNet18(nn.Module):
    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.stem = Convolution(channels, 64, 7, 2, size)
        size = -(-(-(-size // 2)) // 2)
        self.blocks = nn.ModuleList()
        channels = 64
        for stage, filters in enumerate((64, 128, 256, 512)):
            stride = 1 if stage == 0 else 2
            skip = Convolution(channels, filters, 1, stride, size) if stride != 1 else None
            self.blocks.append(Block(channels, filters, stride, size, skip))
            size, channels = -(-size // stride), filters
            self.blocks.append(Block(channels, filters, 1, size, None))
        self.head = nn.Linear(channels, classes)

    def forward(self, x):
        x = same_max_pool(F.relu(self.stem(x)), 3, 2)
        for block in self.blocks:
            x = block(x)
        return self.head(x.mean((2, 3)))


NETWORKS = {"small-cnn": SmallCnn, "mlp": Mlp, "lenet": LeNet, "resnet-8": ResNet8, "resnet-18": ResNet18}


def build(name: str, size: int, channels: int, classes: int) -> nn.Module:
    torch.manual_seed(0)
    return NETWORKS[name](size, channels, classes)
