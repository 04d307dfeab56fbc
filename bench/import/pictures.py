"""Generated pictures for the bench of imports: python pictures.py small FOLDER COUNT, or large FOLDER BYTES.

small: JPEGs of 160 × 160 in ten classes, smooth shapes under noise, about 10 kB each. large: photographs of 12 megapixels in two classes,
nothing but noise, about 9 MB each; the same pixels every time, a remark that differs, because 5 GB of them take long to compress.
"""

import io
import sys
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image


def small(folder: Path, i: int) -> None:
    random = np.random.default_rng(i)
    shapes = Image.fromarray(random.integers(0, 256, (10, 10, 3), dtype=np.uint8)).resize((160, 160), Image.Resampling.BICUBIC)
    noisy = np.asarray(shapes) + random.normal(0, 8, (160, 160, 3))
    target = folder / f"class-{i % 10}" / f"{i:05d}.jpg"
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(target, quality=90)


def large(folder: Path, most: int) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (3000, 4000, 3), dtype=np.uint8)
    body = io.BytesIO()
    Image.fromarray(noise).save(body, format="JPEG", quality=85)
    for i in range(-(-most // body.tell())):
        remark = f"{i:08d}".encode()
        target = folder / f"class-{i % 2}" / f"{i:05d}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        segment = b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark
        target.write_bytes(body.getvalue()[:2] + segment + body.getvalue()[2:])


if __name__ == "__main__":
    kind, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if kind == "large":
        large(folder, count)
    else:
        with Pool(2) as pool:
            pool.starmap(small, ((folder, i) for i in range(count)), chunksize=100)
