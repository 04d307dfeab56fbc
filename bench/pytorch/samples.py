# The mini-batch that every contestant learns from: bytes of its pictures (NHWC), then its labels as int32 or its masks as bytes.
import numpy as np
import torch


def read_samples(file: str, task: dict, dtype=np.float32) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures [n, channels, size, size] from 0 to 1; labels [n], for u-net masks [n, 1, size, size]."""
    n, size, channels = task["batch"], task["size"], task["channels"]
    data = np.fromfile(file, dtype=np.uint8)
    pixels = data[: n * size * size * channels].reshape(n, size, size, channels)
    rest = data[pixels.size :]
    x = torch.from_numpy(pixels.astype(dtype) / 255).permute(0, 3, 1, 2).contiguous()
    if task["network"] == "u-net":
        return x, torch.from_numpy(rest.astype(dtype)).reshape(n, 1, size, size)
    return x, torch.from_numpy(rest.view(np.int32).astype(np.int64))
