# ViT-Tiny in PyTorch as src/engine/models/vit-tiny.ts has it: pre-norm blocks of attention and two dense layers over patches.
import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, BLOCKS = 192, 3, 12
FEWEST_PATCHES, LARGEST_PATCH = 8, 16
EPSILON = 1e-6


class Learnt(nn.Module):
    """A tensor that is learnt and has no layer of its own: the class token, the places."""

    def __init__(self, *shape: int):
        super().__init__()
        self.value = nn.Parameter(torch.zeros(*shape))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        n, tokens, _ = x.shape
        query, key, value = self.parts(x).view(n, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value)
        return self.joined(seen.transpose(1, 2).reshape(n, tokens, WIDTH))


class TransformerBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.before_attention = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.attention = Attention()
        self.before_dense = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        x = x + self.attention(self.before_attention(x))
        return x + self.narrow(F.gelu(self.wide(self.before_dense(x))))


class VitTiny(nn.Module):
    """For sides that are multiples of the patch."""

    def __init__(self, size: int, channels: int, classes: int):
        super().__init__()
        patch = LARGEST_PATCH
        while patch > 1 and patch * FEWEST_PATCHES > size:
            patch //= 2
        tokens = (size // patch) ** 2 + 1
        self.patches = nn.Conv2d(channels, WIDTH, patch, patch)
        self.token = Learnt(1, WIDTH)
        self.positions = Learnt(tokens, WIDTH)
        self.blocks = nn.ModuleList(TransformerBlock() for _ in range(BLOCKS))
        self.last = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.head = nn.Linear(WIDTH, classes)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.value.expand(len(x), 1, WIDTH), x), 1) + self.positions.value
        for block in self.blocks:
            x = block(x)
        return self.head(self.last(x)[:, 0])
