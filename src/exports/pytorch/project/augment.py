"""How training pictures are varied. What is drawn for a sample is a function of the seed, the step and its place in the mini-batch, as in
Overbatch: neither processes nor micro-batches change it."""

import math
from dataclasses import dataclass

import numpy as np

from course import random_stream

AUGMENT = 5
FLIP, CROP, ZOOM, ROTATE, COLOUR, CUTOUT = range(1, 7)
# Most that a cut-out part's sides differ from the picture's, as a ratio.
STRETCH = 4 / 3
TRIES = 10
GREY = 128
IGNORED_PIXEL = 255
RED_GREEN_BLUE = np.array([0.299, 0.587, 0.114])


@dataclass
class Variation:
    """The part of the picture that fills it, in pixels; then what is done to it."""

    left: int
    top: int
    width: int
    height: int
    flip: bool = False
    angle: float = 0.0  # radians, against the clock
    colour: tuple[float, float, float] | None = None  # factors of brightness, contrast, saturation
    hole: tuple[float, float, float] | None = None  # centre and side, as shares of the picture


def rounded(value: float) -> int:
    return math.floor(value + 0.5)


def draw(strengths: dict[str, float], seed: int, step: int, place: int, width: int, height: int) -> Variation:
    """`strengths` by name, as in settings.json; `step` counts mini-batches from 0."""

    def stream(kind: int):
        return random_stream(seed, AUGMENT, step, place, kind)

    part = draw_part(stream(ZOOM), strengths["zoom"], width, height) if strengths.get("zoom") else (0, 0, width, height)
    variation = Variation(*part)
    if crop := strengths.get("crop"):
        random = stream(CROP)
        shifts = []
        for side in (variation.width, variation.height):
            most = rounded(crop * side)
            shifts.append(math.floor((2 * most + 1) * random()) - most)
        variation.left += shifts[0]
        variation.top += shifts[1]
    if flip := strengths.get("flip"):
        variation.flip = stream(FLIP)() < flip
    if rotate := strengths.get("rotate"):
        variation.angle = rotate * (2 * stream(ROTATE)() - 1) * math.pi / 180
    if colour := strengths.get("colour"):
        random = stream(COLOUR)
        variation.colour = tuple(1 + colour * (2 * random() - 1) for _ in range(3))
    if cutout := strengths.get("cutout"):
        random = stream(CUTOUT)
        variation.hole = (random(), random(), cutout)
    return variation


def draw_part(random, zoom: float, width: int, height: int) -> tuple[int, int, int, int]:
    """A part of 1 − zoom to all of the area; all of it where none fits."""
    for _ in range(TRIES):
        area = width * height * (1 - zoom * random())
        ratio = width / height * math.exp(math.log(STRETCH) * (2 * random() - 1))
        w, h = rounded(math.sqrt(area * ratio)), rounded(math.sqrt(area / ratio))
        if 1 <= w <= width and 1 <= h <= height:
            return math.floor((width - w + 1) * random()), math.floor((height - h + 1) * random()), w, h
    return 0, 0, width, height


def vary(picture: np.ndarray, variation: Variation) -> np.ndarray:
    """Bytes [height, width, channels], and bytes again. Outside the picture is black."""
    moved = turned(picture, variation) if variation.angle else resampled(picture, variation)
    pixels = (moved + 0.5).astype(np.uint8)
    if variation.colour:
        pixels = coloured(pixels, *variation.colour)
    if variation.hole:
        x, y, side = variation.hole
        columns, rows = (hole_range(centre, side, length) for centre, length in ((x, pixels.shape[1]), (y, pixels.shape[0])))
        pixels[rows, columns] = GREY
    return pixels


def hole_range(centre: float, side: float, length: int) -> slice:
    first = rounded(centre * length - side * length / 2)
    return slice(max(0, first), max(0, min(length, first + rounded(side * length))))


def weights_along(start: int, length: int, size: int, flip: bool) -> np.ndarray:
    """[size, size]: what each pixel takes of each along one side. Bilinear, and where it shrinks the mean of all that is covered."""
    scale = length / size
    reach = max(1.0, scale)
    centres = start + (np.arange(size)[:: -1 if flip else 1] + 0.5) * scale - 0.5
    # Parts reach beyond the picture; what lies there counts, as black.
    pixels = np.arange(-size, 2 * size)
    weights = np.maximum(0, 1 - np.abs(pixels - centres[:, None]) / reach)
    return (weights / weights.sum(1, keepdims=True))[:, size : 2 * size]


def resampled(picture: np.ndarray, v: Variation) -> np.ndarray:
    height, width, _ = picture.shape
    rows = weights_along(v.top, v.height, height, False)
    columns = weights_along(v.left, v.width, width, v.flip)
    return np.einsum("yr,rcz,xc->yxz", rows, picture.astype(float), columns, optimize=True)


def places_in_source(v: Variation, x: np.ndarray, y: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the points x and y of the varied picture come from: columns and rows, a pixel's middle at a half."""
    across = (x - width / 2) * v.width / width * (-1 if v.flip else 1)
    down = (y - height / 2) * v.height / height
    cosine, sine = math.cos(v.angle), math.sin(v.angle)
    return v.left + v.width / 2 + cosine * across - sine * down, v.top + v.height / 2 + sine * across + cosine * down


def turned(picture: np.ndarray, v: Variation) -> np.ndarray:
    """Bilinear, the mean of several places where it shrinks."""
    height, width, channels = picture.shape
    count = max(1, rounded(max(v.width / width, v.height / height)))
    framed = np.zeros((height + 2, width + 2, channels))
    framed[1:-1, 1:-1] = picture
    total = np.zeros((height, width, channels))
    for offset in range(count * count):
        x = np.arange(width)[None, :] + (offset % count + 0.5) / count
        y = np.arange(height)[:, None] + (offset // count + 0.5) / count
        columns, rows = places_in_source(v, x, y, width, height)
        left, top = np.floor(columns - 0.5), np.floor(rows - 0.5)
        right, below = (columns - 0.5 - left)[..., None], (rows - 0.5 - top)[..., None]
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            column = np.clip(left + dx + 1, 0, width + 1).astype(int)
            row = np.clip(top + dy + 1, 0, height + 1).astype(int)
            total += (right if dx else 1 - right) * (below if dy else 1 - below) * framed[row, column]
    return total / (count * count)


def coloured(pixels: np.ndarray, brightness: float, contrast: float, saturation: float) -> np.ndarray:
    """In the order and by the definitions of torchvision's ColorJitter."""
    share = RED_GREEN_BLUE if pixels.shape[2] == 3 else np.ones(1)
    brighter = np.clip(brightness * pixels, 0, 255)
    mean = (brighter @ share).mean()
    contrasted = np.clip(mean + contrast * (brighter - mean), 0, 255)
    if pixels.shape[2] == 3:
        own = (contrasted @ share)[..., None]
        contrasted = np.clip(own + saturation * (contrasted - own), 0, 255)
    return (contrasted + 0.5).astype(np.uint8)


def move_mask(mask: np.ndarray, v: Variation) -> np.ndarray:
    """Every pixel takes the class of the one place it shows; what lay outside has none."""
    height, width = mask.shape
    columns, rows = places_in_source(v, np.arange(width)[None, :] + 0.5, np.arange(height)[:, None] + 0.5, width, height)
    column, row = np.floor(columns).astype(int), np.floor(rows).astype(int)
    inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
    return np.where(inside, mask[row.clip(0, height - 1), column.clip(0, width - 1)], IGNORED_PIXEL).astype(mask.dtype)
