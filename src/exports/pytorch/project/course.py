"""Which samples every mini-batch has: the same ones in the same order as in Overbatch, from the same seed."""

from collections.abc import Callable, Iterator

import numpy as np

MASK = 0xFFFFFFFF
SHUFFLE = 2


def random_stream(seed: int, *stream: int) -> Callable[[], float]:
    """Uniform numbers in [0, 1): xoshiro128** (Blackman and Vigna 2018), its state filled by splitmix32."""
    mix = seed & MASK

    def splitmix() -> int:
        nonlocal mix
        mix = (mix + 0x9E3779B9) & MASK
        z = ((mix ^ (mix >> 16)) * 0x85EBCA6B) & MASK
        z = ((z ^ (z >> 13)) * 0xC2B2AE35) & MASK
        return z ^ (z >> 16)

    for part in stream:
        mix = splitmix() ^ (part & MASK)
    a, b, c, d = splitmix(), splitmix(), splitmix(), splitmix() | 1

    def rotate(x: int, k: int) -> int:
        return ((x << k) | (x >> (32 - k))) & MASK

    def draw() -> float:
        nonlocal a, b, c, d
        result = (rotate((b * 5) & MASK, 7) * 9) & MASK
        shifted = (b << 9) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = rotate(d, 11)
        return result / 2**32

    return draw


def permutation(count: int, random: Callable[[], float]) -> np.ndarray:
    """The numbers 0 … count − 1 in random order (Fisher and Yates)."""
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = int(random() * (i + 1))
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def mini_batches(count: int, batch: int, seed: int, epoch: int) -> Iterator[np.ndarray]:
    """Every sample of an epoch (from 0) exactly once; the last mini-batch is short where it does not divide."""
    order = permutation(count, random_stream(seed, SHUFFLE, epoch))
    for start in range(0, count, batch):
        yield order[start : start + batch]


def equal_pieces(samples: np.ndarray, most: int) -> list[np.ndarray]:
    """A mini-batch as micro-batches of near-equal size, none above `most`."""
    return np.array_split(samples, -(-len(samples) // most))
