# The catalogue's networks in PyTorch: the same layers in the same order with the same padding as src/engine/models.
import torch
from torch import nn
from torch.nn import functional as F

from vision_transformer import VitTiny

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

    def __init__(self, channels: int, filters: int, kernel: int, stride: int, size: int, bias: bool, groups: int = 1):
        before, after = same_padding(size, kernel, stride)
        super().__init__(channels, filters, kernel, stride, padding=before if before == after else 0, groups=groups, bias=bias)
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

    def __init__(self, channels: int, filters: int, kernel: int, stride: int, size: int, groups: int = 1):
        super().__init__()
        self.convolution = SameConv2d(channels, filters, kernel, stride, size, bias=False, groups=groups)
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


class InvertedResidual(nn.Module):
    def __init__(self, channels: int, expansion: int, filters: int, stride: int, size: int):
        super().__init__()
        wide = expansion * channels
        self.expand = Convolution(channels, wide, 1, 1, size) if expansion > 1 else None
        self.depthwise = Convolution(wide, wide, 3, stride, size, groups=wide)
        self.project = Convolution(wide, filters, 1, 1, -(-size // stride))
        self.has_skip = stride == 1 and channels == filters

    def forward(self, x):
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.has_skip else y


class MobileNetV2(nn.Module):
    BLOCKS = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))

    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        self.stem = Convolution(channels, 32, 3, 2, size)
        size, channels = -(-size // 2), 32
        self.blocks = nn.ModuleList()
        for expansion, filters, count, first_stride in self.BLOCKS:
            for i in range(count):
                stride = first_stride if i == 0 else 1
                self.blocks.append(InvertedResidual(channels, expansion, filters, stride, size))
                size, channels = -(-size // stride), filters
        self.last = Convolution(channels, 1280, 1, 1, size)
        self.head = nn.Linear(1280, classes)

    def forward(self, x):
        x = F.relu6(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return self.head(F.relu6(self.last(x)).mean((2, 3)))


class DoubleConvolution(nn.Module):
    def __init__(self, channels: int, filters: int, size: int):
        super().__init__()
        self.first = Convolution(channels, filters, 3, 1, size)
        self.second = Convolution(filters, filters, 3, 1, size)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))))


class UNet(nn.Module):
    def __init__(self, size: int, channels: int, classes: int, filters: int = 16):
        super().__init__()
        widths = [filters * 2**level for level in range(5)]
        self.down = nn.ModuleList()
        for level, width in enumerate(widths):
            self.down.append(DoubleConvolution(channels, width, size // 2**level))
            channels = width
        self.up = nn.ModuleList()
        for level in (3, 2, 1, 0):
            width = widths[level]
            self.up.append(nn.ConvTranspose2d(2 * width, width, 2, 2))
            self.up.append(DoubleConvolution(2 * width, width, size // 2**level))
        self.head = nn.Conv2d(filters, 1, 1)

    def forward(self, x):
        skips = []
        for block in self.down[:-1]:
            skips.append(block(x))
            x = F.max_pool2d(skips[-1], 2)
        x = self.down[-1](x)
        for grow, block in zip(self.up[::2], self.up[1::2]):
            x = block(torch.cat((grow(x), skips.pop()), 1))
        return self.head(x)


NETWORKS = {"vit-tiny": VitTiny, "mobilenet-v2": MobileNetV2, "u-net": UNet, "small-cnn": SmallCnn, "mlp": Mlp, "lenet": LeNet, "resnet-8": ResNet8, "resnet-18": ResNet18}


def build(name: str, size: int, channels: int, classes: int) -> nn.Module:
    torch.manual_seed(0)
    return NETWORKS[name](size, channels, classes)
