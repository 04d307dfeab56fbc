// The tray's icon: the mark of Overbatch, a batch above its pieces, filled from the left as far as the run is.
export const TRAY_SIDE = 32;

/** Blue, green, red: as bitmaps have them. Seen on light and dark panels alike. */
const DONE = [0x9c, 0x92, 0x1c] as const;
const LEFT = [0x9a, 0x92, 0x8a] as const;

/** Left, top, right, bottom of the whole batch and of its three pieces. */
const SHAPES = [
  [2, 4, 30, 14],
  [2, 18, 10, 28],
  [12, 18, 20, 28],
  [22, 18, 30, 28],
];

/** @param share done, from 0 to 1 @returns BGRA */
export function trayPixels(share: number): Uint8Array {
  const pixels = new Uint8Array(4 * TRAY_SIDE * TRAY_SIDE);
  const edge = 2 + share * 28;
  for (const [left, top, right, bottom] of SHAPES) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) pixels.set([...(x < edge ? DONE : LEFT), 255], 4 * (y * TRAY_SIDE + x));
    }
  }
  return pixels;
}
