"""What the run was asked for: settings.json, as Overbatch wrote it."""

import json
from dataclasses import dataclass
from pathlib import Path

from whole import whole


@dataclass(frozen=True)
class Settings:
    task: str  # "classes", "pixels" (a class for each) or "value"
    batch: int  # samples of one update, over all processes
    micro: int  # samples a process works on at once
    epochs: int
    seed: int
    input_scale: float  # what stored inputs are multiplied by
    augment: dict[str, float]  # how strongly training pictures are varied, by name
    learning_rate: float
    optimizer: str  # sgd, momentum, nesterov, adam, adamw or rmsprop
    momentum: float
    betas: tuple[float, float]
    alpha: float
    epsilon: float
    l2: float
    weight_decay: float
    clip_norm: float | None
    ema: float | None
    schedule: str  # constant, step, cosine or one-cycle
    step_epochs: float
    step_factor: float
    warmup_epochs: float
    keeps_best: bool  # the weights of the epoch with the lowest validation loss, not the last one's
    loss: str
    class_weights: list[float] | None
    label_smoothing: float
    focal_gamma: float
    frozen_statistics: bool  # BatchNorm keeps the running statistics it began with
    frozen: list[str]  # names of parameters that stay as they are


def read_settings(path: Path) -> Settings:
    with whole(path):
        return Settings(**json.loads(path.read_text()))
