# Writes packaging/icons: the mark of Overbatch, a batch above its pieces (as in src/main/tray-picture.ts), in the sizes the desktops ask for.
# Needs Pillow. Run by hand, once: python3 scripts/make-icons.py. The same pixels come out every time.
from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parent.parent / "packaging" / "icons"
SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
FINER = 8  # Drawn larger, then averaged: Pillow's shapes have no smooth edges.
GROUND, BATCH, PIECE = "#0a6871", "#ffffff", "#9fd9de"

# In parts of 32, as the tray's: left, top, right, bottom.
GROUND_SQUARE = (1, 1, 31, 31)
BATCH_BAR = (6, 8, 26, 15)
PIECES = [(6, 18, 11, 24), (13.5, 18, 18.5, 24), (21, 18, 26, 24)]


def mark(side: int) -> Image.Image:
    scale = side * FINER / 32
    picture = Image.new("RGBA", (side * FINER, side * FINER))
    draw = ImageDraw.Draw(picture)

    def block(box: tuple[float, ...], corner: float, colour: str) -> None:
        left, top, right, bottom = (edge * scale for edge in box)
        draw.rounded_rectangle((left, top, right - 1, bottom - 1), corner * scale, fill=colour)

    block(GROUND_SQUARE, 6, GROUND)
    block(BATCH_BAR, 1, BATCH)
    for piece in PIECES:
        block(piece, 1, PIECE)
    return picture.resize((side, side), Image.Resampling.BOX)


TARGET.mkdir(parents=True, exist_ok=True)
for side in SIZES:
    mark(side).save(TARGET / f"{side}x{side}.png", optimize=True)
mark(256).save(TARGET / "icon.ico", sizes=[(side, side) for side in SIZES if side <= 256])
mark(1024).save(TARGET / "icon.icns")
