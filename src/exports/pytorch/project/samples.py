"""What lies on disk: the samples of the run as Overbatch prepared them, read as they are needed, and weights."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor


class Samples:
    """One part of the data, "train" or "validation": inputs and targets, one row a sample."""

    def __init__(self, folder: Path, part: str, scale: float, device: torch.device):
        self.inputs = np.load(folder / f"{part}-inputs.npy", mmap_mode="r")
        self.targets = np.load(folder / f"{part}-targets.npy", mmap_mode="r")
        self.scale, self.device = scale, device

    def __len__(self) -> int:
        return len(self.inputs)

    def read(self, places: np.ndarray) -> tuple[Tensor, Tensor]:
        """Pictures [n, channels, height, width] or rows [n, numbers]; classes [n] or [n, height, width], or values [n, 1]."""
        inputs = torch.from_numpy(np.ascontiguousarray(self.inputs[places])).to(self.device).float() * self.scale
        targets = torch.from_numpy(np.ascontiguousarray(self.targets[places])).to(self.device)
        # Stored with the channels last.
        pictures = inputs.permute(0, 3, 1, 2).contiguous() if inputs.dim() == 4 else inputs
        return pictures, targets if targets.is_floating_point() else targets.long()

    def blank(self) -> Tensor:
        """The input of two samples, all zero: batch normalization refuses one."""
        return torch.zeros_like(self.read(np.array([0, 0]))[0])


def read_state(path: Path) -> dict[str, Tensor]:
    """Weights by name, for load_state_dict."""
    with np.load(path) as arrays:
        return {name: torch.from_numpy(arrays[name]) for name in arrays.files}


def write_state(path: Path, state: dict[str, Tensor]) -> None:
    np.savez(path, **{name: value.cpu().numpy() for name, value in state.items()})
