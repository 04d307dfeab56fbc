"""Pillow with two processes: decodes and resizes every picture of a folder, and prints the milliseconds that took.

python pillow.py FOLDER SIDE [FILE]: each process writes what it made to FILE and its number, where one is given.
"""

import sys
import time
from multiprocessing import Pool
from pathlib import Path

from PIL import Image

side = int(sys.argv[2])
out = None


def begin(stem: str | None) -> None:
    """In each process, before the time is taken."""
    global out
    out = open(f"{stem}-{time.monotonic_ns()}", "wb") if stem else None


def decode(path: Path) -> int:
    with Image.open(path) as image:
        pixels = image.convert("RGB").resize((side, side), Image.Resampling.LANCZOS).tobytes()
    return out.write(pixels) if out else len(pixels)


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).rglob("*.jpg"))
    with Pool(2, begin, (sys.argv[3] if len(sys.argv) > 3 else None,)) as pool:
        pool.map(decode, files[:64])
        start = time.perf_counter()
        made = sum(pool.imap_unordered(decode, files, chunksize=64))
        print(1000 * (time.perf_counter() - start))
    assert made == len(files) * side * side * 3
