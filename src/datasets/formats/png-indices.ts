// Values of a PNG with one of at most 8 bits a pixel, as they are stored (PNG specification, third edition, 7 and 9): palette indices and grey.
// Ours to prove that a palette has every colour that is asked of it (where it has not, every decoder shows another one), and because
// decoders give a palette's colours in place of the indices that a mask is made of.
import { inflateSync } from 'node:zlib';
import { cutOff, damaged } from '../picture-error';
import type { PngShape } from './png';

/** Adam7: first column and row, and from one to the next. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const [SUB, UP, AVERAGE, PAETH] = [1, 2, 3, 4];

/** `data`: of its IDAT chunks. @throws PictureError truncated, unreadable */
export function proveIndices(data: Buffer, shape: PngShape, colours: number): void {
  for (const { row, width } of rows(data, shape)) {
    for (let x = 0; x < width; x++) {
      if (valueAt(row, x, shape.bits) >= colours) throw damaged('its palette lacks colours that its pixels name');
    }
  }
}

/** One a pixel, row after row. `data`: of its IDAT chunks. @throws PictureError truncated, unreadable */
export function unpackValues(data: Buffer, shape: PngShape): Uint8Array {
  const values = new Uint8Array(shape.width * shape.height);
  for (const { row, width, first, step } of rows(data, shape)) {
    for (let x = 0; x < width; x++) values[first + x * step] = valueAt(row, x, shape.bits);
  }
  return values;
}

function valueAt(row: Buffer, x: number, bits: number): number {
  const place = x * bits;
  return (row[place >> 3] >> (8 - bits - (place & 7))) & ((1 << bits) - 1);
}

interface Row {
  row: Buffer;
  width: number;
  /** Where its first pixel is in the picture, and from one to the next. */
  first: number;
  step: number;
}

/** Every row without its filter, of one byte a pixel or less. The same memory is used for each. */
function* rows(data: Buffer, { width, height, bits, interlaced }: PngShape): Generator<Row> {
  const passes = (interlaced ? PASSES : [[0, 0, 1, 1]]).map(([left, top, right, down]) => ({
    width: Math.ceil((width - left) / right),
    height: Math.ceil((height - top) / down),
    left,
    top,
    right,
    down,
  }));
  const bytesOf = (pixels: number) => 1 + Math.ceil((pixels * bits) / 8);
  const whole = passes.reduce((sum, pass) => sum + (pass.width > 0 ? Math.max(0, pass.height) * bytesOf(pass.width) : 0), 0);
  const filtered = inflated(data, whole);
  let at = 0;
  for (const pass of passes) {
    if (pass.width <= 0) continue;
    let before: Buffer = Buffer.alloc(bytesOf(pass.width) - 1);
    for (let y = 0; y < pass.height; y++) {
      const filter = filtered[at];
      const row = filtered.subarray(at + 1, at + 1 + before.length);
      unfilter(row, before, filter);
      yield { row, width: pass.width, first: (pass.top + y * pass.down) * width + pass.left, step: pass.right };
      before = row;
      at += 1 + row.length;
    }
  }
}

function inflated(data: Buffer, expected: number): Buffer {
  let found: Buffer;
  try {
    found = inflateSync(data, { maxOutputLength: expected + 1 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw damaged('it holds more than its size');
    throw code === 'Z_BUF_ERROR' ? cutOff() : damaged('its compressed data cannot be read');
  }
  if (found.length < expected) throw cutOff();
  return found;
}

/** In place; the byte before is the pixel before, or some of them. */
function unfilter(row: Buffer, above: Buffer, filter: number): void {
  if (filter > PAETH) throw damaged('its rows make no sense');
  if (filter === 0) return;
  for (let i = 0; i < row.length; i++) {
    const left = i > 0 ? row[i - 1] : 0;
    const up = above[i];
    if (filter === SUB) row[i] += left;
    else if (filter === UP) row[i] += up;
    else if (filter === AVERAGE) row[i] += (left + up) >> 1;
    else row[i] += nearest(left, up, i > 0 ? above[i - 1] : 0);
  }
}

function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
