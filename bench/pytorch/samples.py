# The mini-batch that every contestant learns from: bytes of its pictures (NHWC), then its labels as int32.
import numpy as np
import torch


def read_samples(file: str, task: dict) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures [n, channels, size, size] from 0 to 1, labels [n]."""
    n, size, channels = task["batch"], task["size"], task["channels"]
    data = np.fromfile(file, dtype=np.uint8)
    pixels = data[: n * size * size * channels].reshape(n, size, size, channels)
    labels = data[pixels.size :].view(np.int32)
    x = torch.from_numpy(pixels.astype(np.float32) / 255).permute(0, 3, 1, 2).contiguous()
    return x, torch.from_numpy(labels.astype(np.int64))
