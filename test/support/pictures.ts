// Makers of real pictures and folders of them, small, and the same for the same arguments.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { crc32 } from './crc32';
import { temporaryFolder } from './temporary-folder';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOUR_TYPES: Record<number, number> = { 1: 0, 2: 4, 3: 2, 4: 6 };

/** Interleaved 8-bit values that differ with `seed`: a gradient with noise, so that files compress like photographs. */
export function pixels(width: number, height: number, channels: number, seed = 0): Buffer {
  const values = Buffer.alloc(width * height * channels);
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    values[i] = ((seed % 8191) * 31 + x * 3 + y * 5 + (i % channels) * 40 + (state >>> 28)) & 255;
  }
  return values;
}

export interface PngOptions {
  width?: number;
  height?: number;
  channels?: 1 | 2 | 3 | 4;
  seed?: number;
  values?: Uint8Array;
}

export function pngBytes({ width = 12, height = 10, channels = 3, seed = 0, values }: PngOptions = {}): Buffer {
  const data = values ?? pixels(width, height, channels, seed);
  const stride = width * channels;
  const rows = Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.from([0]), data.subarray(y * stride, (y + 1) * stride)]));
  return pngOf(pngHeader(width, height, COLOUR_TYPES[channels]), deflateSync(Buffer.concat(rows)));
}

export interface PngChunk {
  type: string;
  data: Buffer;
}

/** A PNG of whatever its parts are, with right checksums. */
export const pngOfChunks = (chunks: readonly PngChunk[]): Buffer =>
  Buffer.concat([SIGNATURE, ...chunks.map(({ type, data }) => chunk(type, data))]);

export const pngOf = (header: Buffer, data: Buffer): Buffer =>
  pngOfChunks([
    { type: 'IHDR', data: header },
    { type: 'IDAT', data },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);

/** Of a whole PNG. */
export function pngChunks(png: Buffer): PngChunk[] {
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

export function pngHeader(width: number, height: number, colourType = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colourType;
  return header;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export async function jpegBytes({
  width = 12,
  height = 10,
  seed = 0,
}: { width?: number; height?: number; seed?: number } = {}): Promise<Buffer> {
  const rgb = pixels(width, height, 3, seed);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return Transformer.fromRgbaPixels(rgba, width, height).jpeg(90);
}

export function writeAt(root: string, file: string, bytes: Uint8Array | string): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** `perClass` different pictures in each class folder; `base` puts the classes below another folder, as "train". */
export function tinyImageFolder(classes = ['cat', 'dog'], perClass = 3, root = temporaryFolder(), base = ''): string {
  for (const label of classes) {
    for (let i = 0; i < perClass; i++) {
      const file = join(base, label, `${i}.png`);
      writeAt(root, file, pngBytes({ seed: crc32(Buffer.from(file)) }));
    }
  }
  return root;
}
