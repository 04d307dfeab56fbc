# Writes parts of the real photographs that scikit-image and scikit-learn carry, one class a photograph: train/ from its left, val/ from its
# right, in other sizes, brightness and colour. For the figures of trained starts in NOTES.md. Where Pillow is installed:
#   python bench/photographs.py FOLDER_WITH_BOTH_PACKAGES INTO PARTS_TO_TRAIN PARTS_TO_VALIDATE
import random
import sys
from pathlib import Path

from PIL import Image, ImageEnhance

NAMES = "astronaut brick camera chelsea coffee grass gravel hubble_deep_field ihc motorcycle_left retina rocket china flower".split()
SIDE = 96
# Shares of the width, with a gap between them.
PLACES = {"train": (0.0, 0.55), "val": (0.6, 1.0)}


def part_of(photograph: Image.Image, left: float, right: float, chance: random.Random) -> Image.Image:
    side = chance.randint(64, min(160, int(right - left) - 1, photograph.height - 1))
    x, y = int(chance.uniform(left, right - side)), int(chance.uniform(0, photograph.height - side))
    part = photograph.crop((x, y, x + side, y + side)).resize((SIDE, SIDE), Image.BICUBIC)
    if chance.random() < 0.5:
        part = part.transpose(Image.FLIP_LEFT_RIGHT)
    part = ImageEnhance.Brightness(part).enhance(chance.uniform(0.6, 1.4))
    return ImageEnhance.Color(part).enhance(chance.uniform(0, 1.2))


def main(packages: Path, into: Path, counts: dict[str, int]) -> None:
    chance = random.Random(1)
    for name in NAMES:
        photograph = Image.open(next(p for p in packages.rglob(f"{name}.*") if p.suffix in (".png", ".jpg"))).convert("RGB")
        for place, (left, right) in PLACES.items():
            folder = into / place / name
            folder.mkdir(parents=True, exist_ok=True)
            for i in range(counts[place]):
                part_of(photograph, left * photograph.width, right * photograph.width, chance).save(folder / f"{i:03}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), {"train": int(sys.argv[3]), "val": int(sys.argv[4])})
