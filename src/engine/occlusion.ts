// Occlusion (Zeiler and Fergus 2014, arXiv 1311.2901): parts of a picture are covered one by one; where covering lowers the probability of a
// class, the class was seen. Slower than a gradient, and asks nothing of the network. Bytes in, bytes out.
import type { PictureSize } from './augment/draw';

/** Places along a side; a cover is twice as wide as a place, so that each is covered more than once. */
const PLACES = 8;
const COVER = 2;

export interface Cover {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const gridOf = ({ width, height }: PictureSize): { columns: number; rows: number } => ({
  columns: Math.min(PLACES, width),
  rows: Math.min(PLACES, height),
});

/** A cover for each place, and beyond the edges, so that the outermost are covered as often. */
export function coversOf(size: PictureSize): Cover[] {
  const { columns, rows } = gridOf(size);
  const edge = (place: number, count: number, length: number): number => Math.round((Math.min(count, Math.max(0, place)) * length) / count);
  const covers: Cover[] = [];
  for (let row = 1 - COVER; row < rows; row++) {
    for (let column = 1 - COVER; column < columns; column++) {
      covers.push({
        left: edge(column, columns, size.width),
        right: edge(column + COVER, columns, size.width),
        top: edge(row, rows, size.height),
        bottom: edge(row + COVER, rows, size.height),
      });
    }
  }
  return covers;
}

/** The picture's own mean colour: a cover of any other would be something to see. */
export function meanColour(pixels: Uint8Array, channels: number): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < pixels.length; i++) sums[i % channels] += pixels[i];
  return sums.map((sum) => Math.round((sum * channels) / pixels.length));
}

export function cover(
  pixels: Uint8Array,
  { width, channels }: PictureSize,
  { left, top, right, bottom }: Cover,
  colour: readonly number[],
): void {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) for (let c = 0; c < channels; c++) pixels[(y * width + x) * channels + c] = colour[c];
}

/** For each place the mean of what covering it took from the probability; what it added counts as nothing. */
export function mapOfDrops(size: PictureSize, covers: readonly Cover[], drops: ArrayLike<number>): Float32Array {
  const { columns, rows } = gridOf(size);
  const map = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [((column + 0.5) * size.width) / columns, ((row + 0.5) * size.height) / rows];
      let [sum, count] = [0, 0];
      for (const [i, { left, right, top, bottom }] of covers.entries()) {
        if (x < left || x >= right || y < top || y >= bottom) continue;
        sum += drops[i];
        count++;
      }
      map[row * columns + column] = Math.max(0, sum / Math.max(1, count));
    }
  }
  return map;
}
