// Makes of a picture the one that is learnt from: the part of it that was drawn, brought to the input's size, mirrored, turned,
// coloured, with its hole. Bytes in, bytes out; nothing is drawn here.
import type { PictureSize } from './draw';
import { colour, type Colour } from './colour';
import { resample, type Part } from './resample';
import { turn } from './turn';

export interface Variation {
  /** In pixels of the source; may reach beyond it. */
  part: Part;
  flip?: boolean;
  /** Radians, against the clock. */
  angle?: number;
  colour?: Colour;
  /** Centre and side, as shares of the picture. */
  hole?: { x: number; y: number; side: number };
}

/** A picture as it is, for `vary`. */
export const unvaried = ({ width, height }: PictureSize): Variation => ({ part: { left: 0, top: 0, width, height } });

/** What lies under a hole: the middle of 0 to 255. */
const GREY = 128;

/** @param source height × width × channels bytes; `into` likewise, of the target's size */
export function vary(source: Uint8Array, from: PictureSize, variation: Variation, to: PictureSize, into: Uint8Array): void {
  const { part, flip = false, angle = 0 } = variation;
  if (angle === 0) resample(source, from, part, flip, to, into);
  else turn(source, from, part, flip, angle, to, into);
  if (variation.colour) colour(into, to.channels, variation.colour);
  if (variation.hole) cover(into, to, variation.hole);
}

function cover(pixels: Uint8Array, { width, height, channels }: PictureSize, { x, y, side }: NonNullable<Variation['hole']>): void {
  const range = (centre: number, length: number): [number, number] => {
    const first = Math.round(centre * length - (side * length) / 2);
    return [Math.max(0, first), Math.min(length, first + Math.round(side * length))];
  };
  const [left, right] = range(x, width);
  const [top, bottom] = range(y, height);
  for (let row = top; row < bottom; row++) pixels.fill(GREY, (row * width + left) * channels, (row * width + right) * channels);
}
