# Writes the sample data in resources/samples/shapes: drawn discs and polygons with noise, each picture with its mask. Synthetic, our own.
# Needs nothing but Python. Run by hand, once: python3 scripts/make-shapes.py. The same pixels come out every time.
import math
import random
import struct
import zlib
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "samples" / "shapes"
COUNT = 320
SIDE = 64
CLASSES = ["background", "disc", "polygon"]
COLOURS = bytes([0, 0, 0, 230, 159, 0, 86, 180, 233])  # of the masks' palette, to look at
LEVELS = 16


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[list[int]], bits: int, palette: bytes = b"") -> bytes:
    """Grey, or palette indices."""
    raw = b""
    for row in rows:
        digits = "".join(format(value, f"0{bits}b") for value in row)
        raw += b"\0" + int(digits, 2).to_bytes(len(digits) // 8, "big")
    header = struct.pack(">IIBBBBB", SIDE, SIDE, bits, 3 if palette else 0, 0, 0, 0)
    colours = chunk(b"PLTE", palette) if palette else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + colours + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


class Shape:
    def __init__(self, chance: random.Random, ground: float) -> None:
        self.x, self.y = chance.uniform(12, SIDE - 12), chance.uniform(12, SIDE - 12)
        self.radius = chance.uniform(8, 16)
        self.label = chance.choice([1, 2])
        self.corners = chance.choice([3, 4])
        self.turn = chance.uniform(0, 2 * math.pi)
        self.level = min(LEVELS - 1, max(0, ground + chance.choice([-1, 1]) * chance.uniform(3.5, 6)))

    def covers(self, x: int, y: int) -> bool:
        across, down = x - self.x, y - self.y
        distance = math.hypot(across, down)
        if distance > self.radius:
            return False
        if self.label == 1:
            return True
        wedge = 2 * math.pi / self.corners
        angle = (math.atan2(down, across) - self.turn) % wedge - wedge / 2
        return distance * math.cos(angle) <= self.radius * math.cos(wedge / 2)


def draw(chance: random.Random) -> tuple[list[list[int]], list[list[int]]]:
    """A picture and its mask: one to three shapes that do not touch, on an uneven ground."""
    ground = chance.uniform(5, 10)
    slope = [chance.uniform(-2, 2) / SIDE, chance.uniform(-2, 2) / SIDE]
    shapes: list[Shape] = []
    for _ in range(chance.randint(1, 3)):
        shape = Shape(chance, ground)
        if all(math.hypot(shape.x - other.x, shape.y - other.y) > shape.radius + other.radius for other in shapes):
            shapes.append(shape)
    picture, mask = [], []
    for y in range(SIDE):
        picture.append([])
        mask.append([])
        for x in range(SIDE):
            level, label = ground, 0
            for shape in shapes:
                if shape.covers(x, y):
                    level, label = shape.level, shape.label
            level += slope[0] * (x - SIDE / 2) + slope[1] * (y - SIDE / 2) + chance.gauss(0, 0.5)
            picture[-1].append(min(LEVELS - 1, max(0, round(level))))
            mask[-1].append(label)
    return picture, mask


def main() -> None:
    chance = random.Random(20261129)
    for folder in ["images", "masks"]:
        (TARGET / folder).mkdir(parents=True, exist_ok=True)
    for index in range(COUNT):
        picture, mask = draw(chance)
        (TARGET / "images" / f"shapes-{index:03}.png").write_bytes(png(picture, 4))
        (TARGET / "masks" / f"shapes-{index:03}.png").write_bytes(png(mask, 2, COLOURS))
    (TARGET / "classes.txt").write_text("\n".join(CLASSES) + "\n")
    print(f"{COUNT} pictures in {TARGET}")


if __name__ == "__main__":
    main()
