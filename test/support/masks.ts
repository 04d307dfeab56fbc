// Makers of pictures with masks: two classes in halves or more in stripes, in every way that masks are written.
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { pngBytes, pngHeader, pngOfChunks, writeAt } from './pictures';
import { temporaryFolder } from './temporary-folder';

/** Stripes from top to bottom, `classes` of them, as high as they share the height. */
export const stripes = (width: number, height: number, classes: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => Math.floor((Math.floor(i / width) * classes) / height));

/** One value a pixel in `bits` bits: palette indices where there is a palette, grey where there is none. */
export function valuesPng(width: number, height: number, values: Uint8Array | Uint16Array, bits = 8, palette?: Uint8Array): Buffer {
  const header = pngHeader(width, height, palette ? 3 : 0);
  header[8] = bits;
  const stride = Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc(height * (1 + stride));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (bits === 16) {
        rows.writeUInt16BE(values[y * width + x], y * (1 + stride) + 1 + 2 * x);
        continue;
      }
      const place = x * bits;
      rows[y * (1 + stride) + 1 + (place >> 3)] |= values[y * width + x] << (8 - bits - (place & 7));
    }
  return pngOfChunks([
    { type: 'IHDR', data: header },
    ...(palette ? [{ type: 'PLTE', data: Buffer.from(palette) }] : []),
    { type: 'IDAT', data: deflateSync(rows) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

/** The same in colours, 24 bits a pixel: what the common decoder reads. */
export const colourPng = (width: number, height: number, values: Uint8Array): Buffer =>
  pngBytes({
    width,
    height,
    channels: 3,
    values: Uint8Array.from({ length: 3 * values.length }, (_, i) => (i % 3) * 100 * values[Math.floor(i / 3)]),
  });

/** A palette in which no colour is its index. */
export const PALETTE = Uint8Array.from({ length: 48 }, (_, i) => (i * 37 + 90) & 255);

export interface MaskFolderOptions {
  count?: number;
  width?: number;
  height?: number;
  classes?: number;
  /** File of picture or mask i, below the root. */
  picture?: (i: number) => string;
  mask?: (i: number) => string;
  write?: (width: number, height: number, values: Uint8Array) => Buffer;
  root?: string;
}

/** Each picture is brighter where its class is higher, with noise that differs from picture to picture. */
export function maskFolder(options: MaskFolderOptions = {}): string {
  const { count = 12, width = 16, height = 16, classes = 2, root = temporaryFolder() } = options;
  const { picture = (i) => join('images', `p${i}.png`), mask = (i) => join('masks', `p${i}.png`) } = options;
  const { write = (w, h, values) => valuesPng(w, h, values, 4, PALETTE) } = options;
  for (let i = 0; i < count; i++) {
    // Turned upside down in every other picture.
    const values = stripes(width, height, classes).map((value) => (i % 2 === 0 ? value : classes - 1 - value));
    const noise = pngNoise(width * height, i);
    const pixels = values.map((value, at) => Math.min(255, (180 * value) / Math.max(1, classes - 1) + noise[at]));
    writeAt(root, picture(i), pngBytes({ width, height, channels: 1, values: pixels }));
    writeAt(root, mask(i), write(width, height, values));
  }
  return root;
}

function pngNoise(length: number, seed: number): Uint8Array {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 26);
}
