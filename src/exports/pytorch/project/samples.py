"""What lies on disk: the samples of the run as Overbatch prepared them, read as they are needed, and weights."""

import os
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from augment import draw, move_mask, vary
from settings import Settings
from whole import whole


class Samples:
    """One part of the data, "train" or "validation": inputs and targets, one row a sample."""

    def __init__(self, folder: Path, part: str, settings: Settings, device: torch.device):
        self.inputs, self.targets = (opened(folder / f"{part}-{name}.npy") for name in ("inputs", "targets"))
        self.settings, self.device = settings, device

    def __len__(self) -> int:
        return len(self.inputs)

    def read(self, rows: np.ndarray, step: int | None = None, start: int = 0) -> tuple[Tensor, Tensor]:
        """Pictures [n, channels, height, width] or rows [n, numbers]; classes [n] or [n, height, width], or values [n, 1].

        With the step they are learnt from in, and the place of the first in its mini-batch, pictures are varied as the run has it."""
        inputs, targets = self.inputs[rows], self.targets[rows]
        if step is not None and self.settings.augment:
            inputs, targets = self.varied(inputs, targets, step, start)
        scaled = torch.from_numpy(np.ascontiguousarray(inputs)).to(self.device).float() * self.settings.input_scale
        wanted = torch.from_numpy(np.ascontiguousarray(targets)).to(self.device)
        # Stored with the channels last.
        pictures = scaled.permute(0, 3, 1, 2).contiguous() if scaled.dim() == 4 else scaled
        return pictures, wanted if wanted.is_floating_point() else wanted.long()

    def varied(self, pictures: np.ndarray, targets: np.ndarray, step: int, start: int) -> tuple[np.ndarray, np.ndarray]:
        height, width = pictures.shape[1:3]
        places = range(start, start + len(pictures))
        variations = [draw(self.settings.augment, self.settings.seed, step, place, width, height) for place in places]
        # Masks move with their pictures.
        moved = [move_mask(mask, v) for mask, v in zip(targets, variations)] if targets.ndim == 3 else targets
        return np.stack([vary(picture, v) for picture, v in zip(pictures, variations)]), np.asarray(moved)

    def blank(self) -> Tensor:
        """The input of two samples, all zero: batch normalization refuses one."""
        return torch.zeros_like(self.read(np.array([0, 0]))[0])


def opened(path: Path) -> np.ndarray:
    """An array that stays on the disk until parts of it are needed."""
    with whole(path):
        return np.load(path, mmap_mode="r")


def read_state(path: Path) -> dict[str, Tensor]:
    """Weights by name, for load_state_dict."""
    with whole(path), np.load(path) as arrays:
        return {name: torch.from_numpy(arrays[name]) for name in arrays.files}


def write_state(path: Path, state: dict[str, Tensor]) -> None:
    # A process that is ended meanwhile leaves the last whole file.
    beside = path.with_name(f"unfinished-{path.name}")
    np.savez(beside, **{name: value.cpu().numpy() for name, value in state.items()})
    os.replace(beside, path)
