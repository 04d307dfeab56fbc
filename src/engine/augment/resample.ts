// A part of a picture brought to another size: bilinear, and where it shrinks each pixel is the weighted mean of all it covers
// (a triangle as wide as the shrinking, as Pillow's), so that nothing flickers. Outside the picture is black.
import type { PictureSize } from './draw';

export interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** For each target pixel along one side: `count` source pixels from `first[i]` on, and their weights, which sum to 1. */
interface Taps {
  first: Int32Array;
  weights: Float32Array;
  count: number;
}

function tapsOf(start: number, length: number, size: number, flip: boolean): Taps {
  const scale = length / size;
  const reach = Math.max(1, scale);
  const count = Math.ceil(reach) * 2 + 1;
  const taps: Taps = { first: new Int32Array(size), weights: new Float32Array(size * count), count };
  for (let i = 0; i < size; i++) {
    const centre = start + ((flip ? size - 1 - i : i) + 0.5) * scale - 0.5;
    const first = Math.ceil(centre - reach);
    taps.first[i] = first;
    let total = 0;
    for (let k = 0; k < count; k++) total += taps.weights[i * count + k] = Math.max(0, 1 - Math.abs(first + k - centre) / reach);
    for (let k = 0; k < count; k++) taps.weights[i * count + k] /= total;
  }
  return taps;
}

export function resample(source: Uint8Array, from: PictureSize, part: Part, flip: boolean, to: PictureSize, into: Uint8Array): void {
  if (part.width === to.width && part.height === to.height) return shift(source, from, part, flip, to, into);
  const { channels } = to;
  const columns = tapsOf(part.left, part.width, to.width, flip);
  const rows = tapsOf(part.top, part.height, to.height, false);
  const line = new Float32Array(from.width * channels);
  // Only the columns that the part touches.
  const begin = Math.max(0, Math.floor(part.left - columns.count)) * channels;
  const end = Math.min(from.width, Math.ceil(part.left + part.width + columns.count)) * channels;
  let at = 0;
  for (let y = 0; y < to.height; y++) {
    line.fill(0);
    for (let k = 0; k < rows.count; k++) {
      const weight = rows.weights[y * rows.count + k];
      const row = rows.first[y] + k;
      if (weight === 0 || row < 0 || row >= from.height) continue;
      const base = row * from.width * channels;
      for (let i = begin; i < end; i++) line[i] += weight * source[base + i];
    }
    for (let x = 0; x < to.width; x++) {
      for (let c = 0; c < channels; c++) {
        let value = 0.5;
        for (let k = 0; k < columns.count; k++) {
          const column = columns.first[x] + k;
          if (column >= 0 && column < from.width) value += columns.weights[x * columns.count + k] * line[column * channels + c];
        }
        into[at++] = value;
      }
    }
  }
}

/** The same size: whole pixels are copied. */
function shift(source: Uint8Array, from: PictureSize, { left, top }: Part, flip: boolean, to: PictureSize, into: Uint8Array): void {
  const { width, height, channels } = to;
  const [first, last] = [Math.max(0, -left), Math.min(width, from.width - left)];
  into.fill(0);
  for (let y = Math.max(0, -top); y < Math.min(height, from.height - top); y++) {
    const row = ((top + y) * from.width + left) * channels;
    const target = y * width * channels;
    if (!flip) into.set(source.subarray(row + first * channels, row + last * channels), target + first * channels);
    else
      for (let x = first; x < last; x++)
        for (let c = 0; c < channels; c++) into[target + (width - 1 - x) * channels + c] = source[row + x * channels + c];
  }
}
