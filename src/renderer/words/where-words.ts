// Where a model looked, drawn smoothly and said in words: what the colour means and what it does not.
import type { WhereLooked } from '#shared/asking';
import { percent } from './numbers';

/** Strengths of width × height pixels, between the middles of the places by straight lines, beyond the outermost as there. */
export function smoothed({ columns, rows, strengths }: WhereLooked, width: number, height: number): Float32Array {
  const across = Array.from({ length: width }, (_, x) => between(x, width, columns));
  const drawn = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom, down] = between(y, height, rows);
    for (let x = 0; x < width; x++) {
      const [left, right, share] = across[x];
      const at = (row: number): number => strengths[row * columns + left] * (1 - share) + strengths[row * columns + right] * share;
      drawn[y * width + x] = at(top) * (1 - down) + at(bottom) * down;
    }
  }
  return drawn;
}

/** The two places that a pixel lies between, and how far towards the second. */
function between(pixel: number, pixels: number, places: number): [first: number, second: number, share: number] {
  const at = Math.min(places - 1, Math.max(0, ((pixel + 0.5) * places) / pixels - 0.5));
  const first = Math.floor(at);
  return [first, Math.min(places - 1, first + 1), at - first];
}

const PARTS: readonly (readonly string[])[] = [
  ['at the top left', 'at the top', 'at the top right'],
  ['at the left', 'in the middle', 'at the right'],
  ['at the bottom left', 'at the bottom', 'at the bottom right'],
];

/** In which part of the picture it is strongest: "in the middle", "at the top left". */
export function strongestPart({ columns, rows, strengths }: WhereLooked): string | undefined {
  let best = 0;
  for (let i = 1; i < strengths.length; i++) if (strengths[i] > strengths[best]) best = i;
  if (!(strengths[best] > 0)) return undefined;
  const third = (place: number, places: number): number => Math.floor((3 * (place + 0.5)) / places);
  return PARTS[third(Math.floor(best / columns), rows)][third(best % columns, columns)];
}

export function whereSentence(where: WhereLooked): string {
  const part = strongestPart(where);
  if (part === undefined) return `Nothing in this picture speaks for “${where.label}” (${percent(where.probability)}).`;
  const probability = percent(where.probability);
  return where.method === 'grad-cam'
    ? `The coloured parts raise the model’s score for “${where.label}” (${probability}), most ${part}.`
    : `The coloured parts matter most: covered, they lower the model’s score for “${where.label}” (${probability}), most ${part}.`;
}

/** Always beside it: a map of colour looks like more than it is. */
export const WHERE_MEANING =
  'It shows where the model looked, coarsely, not why, and not that the answer is right. Colour beside the thing itself, on its background or edge, is a hint that the model learnt something else.';
