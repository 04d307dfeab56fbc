# Writes the sample data in resources/samples/digits: the handwritten digits that scikit-learn carries, one PNG each.
# Needs only scikit-learn. Run by hand, once: python3 scripts/make-digits.py. The same files come out every time.
import struct
import zlib
from pathlib import Path

from sklearn.datasets import load_digits

TARGET = Path(__file__).parent.parent / "resources" / "samples" / "digits"
SIDE = 8
DARKEST = 16  # the source counts dark dots, 0 to 16


def to_byte(dots: int) -> int:
    """0..16 to 0..255; round(byte * 16 / 255) gives the dots back, for each of the 17 values."""
    byte = round(dots * 255 / DARKEST)
    assert round(byte * DARKEST / 255) == dots
    return byte


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytes]) -> bytes:
    """8-bit grey, stored without compression so that no zlib version changes a byte."""
    raw = b"".join(b"\0" + row for row in rows)
    stored = b"\x78\x01" + struct.pack("<BHH", 1, len(raw), len(raw) ^ 0xFFFF) + raw + struct.pack(">I", zlib.adler32(raw))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")


def main() -> None:
    digits = load_digits()
    for index, (image, label) in enumerate(zip(digits.images, digits.target)):
        folder = TARGET / str(label)
        folder.mkdir(parents=True, exist_ok=True)
        rows = [bytes(to_byte(int(dots)) for dots in row) for row in image]
        (folder / f"digit-{index:04}.png").write_bytes(png(rows))
    print(f"{len(digits.target)} pictures in {TARGET}")


if __name__ == "__main__":
    main()
