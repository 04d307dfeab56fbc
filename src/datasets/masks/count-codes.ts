// How often each code is in one mask, and how much of that lies inside its own kind: edges that were smoothed have codes that are all edge.
import { locale } from '#shared/language';
import { PictureError } from '../picture-error';
import type { DecodedMask } from './decode-mask';

export interface CodeCount {
  pixels: number;
  /** Pixels whose four neighbours have the same code. */
  inside: number;
}

/** Smoothed edges between some colours have hundreds; a photograph has as many as pixels. */
const MOST_CODES = 4_096;

/** @throws PictureError not-a-mask */
export function countCodes({ width, height, codes }: DecodedMask): Map<number, CodeCount> {
  const counts = new Map<number, CodeCount>();
  let [code, count] = [-1, { pixels: 0, inside: 0 }];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (codes[at] !== code) {
        code = codes[at];
        const known = counts.get(code);
        if (!known && counts.size === MOST_CODES) throw photograph();
        counts.set(code, (count = known ?? { pixels: 0, inside: 0 }));
      }
      count.pixels++;
      const within = x > 0 && y > 0 && x < width - 1 && y < height - 1;
      if (within && codes[at - 1] === code && codes[at + 1] === code && codes[at - width] === code && codes[at + width] === code)
        count.inside++;
    }
  }
  return counts;
}

const photograph = () =>
  new PictureError(
    'not-a-mask',
    `It has more than ${MOST_CODES.toLocaleString(locale)} different colours, as a photograph has. Choose the mask, one colour a class, or leave it out.`,
  );
