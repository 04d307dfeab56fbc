// Our resizing is that of the library, bit for bit: whatever the sizes, and grey or colour.
import { FastResizeFilter, ResizeFit, Transformer } from '@napi-rs/image';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { PICTURES_BASE64 } from '#datasets/resize/program';
import { canResize, resize, type Size } from '#datasets/resize/resize';
import { weightsFor } from '#datasets/resize/weights';
import { compileProgram } from '../../scripts/setup/kernels.mjs';

/** Noise has every weight count, hard edges have it ring beyond black and white. */
function picture({ width, height }: Size, channels: 1 | 3, seed: number): Uint8Array {
  let state = seed;
  return new Uint8Array(width * height * channels).map((_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (i >> 5) % 2 ? (state >>> 24 > 127 ? 255 : 0) : state >>> 24;
  });
}

async function byLibrary(pixels: Uint8Array, size: Size, channels: 1 | 3, to: Size): Promise<Uint8Array> {
  const rgba = new Uint8Array(size.width * size.height * 4).fill(255);
  for (let i = 0; i < size.width * size.height; i++)
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = pixels[channels * i + (channels === 3 ? c : 0)];
  const resized = Transformer.fromRgbaPixels(rgba, size.width, size.height);
  resized.fastResize({ ...to, filter: FastResizeFilter.Lanczos3, fit: ResizeFit.Fill });
  const raw = await resized.rawPixels();
  return new Uint8Array(to.width * to.height * channels).map((_, i) => raw[4 * Math.floor(i / channels) + (i % channels)]);
}

const drawn = (seed: number): { size: Size; to: Size }[] => {
  let state = seed;
  const side = (most: number) => 1 + (((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % most);
  return Array.from({ length: 60 }, () => ({
    size: { width: side(400), height: side(400) },
    to: { width: Math.max(4, side(300)), height: Math.max(4, side(300)) },
  }));
};

describe.each([1, 3] as const)('%i channels', (channels) => {
  test.each([
    [160, 160, 96, 96],
    [160, 160, 224, 224],
    [1, 1, 4, 4],
    [1, 300, 64, 64],
    [300, 1, 64, 64],
    [2, 3, 1024, 1000],
    [1200, 900, 18, 16],
    [1200, 900, 5, 900],
    [1200, 900, 1200, 7],
    [17, 33, 17, 33],
  ])('%i × %i to %i × %i', async (width, height, toWidth, toHeight) => {
    const [size, to] = [
      { width, height },
      { width: toWidth, height: toHeight },
    ];
    const pixels = picture(size, channels, width);
    expect(Buffer.compare(resize(pixels, size, channels, to), await byLibrary(pixels, size, channels, to))).toBe(0);
  });

  test('60 drawn sizes', async () => {
    for (const { size, to } of drawn(channels)) {
      const pixels = picture(size, channels, size.width);
      const isSame = Buffer.compare(resize(pixels, size, channels, to), await byLibrary(pixels, size, channels, to)) === 0;
      expect(isSame, JSON.stringify([size, to])).toBe(true);
    }
  });
});

test('control: a value that differs by one is another picture', async () => {
  const [size, to] = [
    { width: 40, height: 30 },
    { width: 20, height: 20 },
  ];
  const pixels = picture(size, 3, 1);
  const changed = pixels.map((value, i) => (i === 600 ? value ^ 16 : value));
  expect(Buffer.compare(resize(pixels, size, 3, to), await byLibrary(changed, size, 3, to))).not.toBe(0);
});

test('weights add up to one', () => {
  for (const [from, to] of [
    [160, 96],
    [160, 224],
    [3000, 4],
    [1, 1024],
  ]) {
    const { table, pairs, precision } = weightsFor(from, to, 2);
    const view = new DataView(table.buffer);
    for (let place = 0; place < to; place++) {
      let sum = 0;
      for (let i = 0; i < 2 * pairs; i++) sum += view.getInt16(place * (4 + 4 * pairs) + 4 + 2 * i, true);
      expect(Math.abs(sum / 2 ** precision - 1), `${from} to ${to} at ${place}`).toBeLessThan((pairs + 1) / 2 ** precision);
    }
  }
});

test('a photograph of 12 megapixels is left to the library, whose memory is given back', () => {
  expect(canResize({ width: 4000, height: 3000 }, { width: 224, height: 224 })).toBe(false);
  expect(canResize({ width: 1000, height: 1000 }, { width: 224, height: 224 })).toBe(true);
});

describe('the committed program', () => {
  const committed = Buffer.from(PICTURES_BASE64, 'base64');

  test('is compiled from its sources (if not: npm run kernels)', async () => {
    expect(Buffer.from(await compileProgram('native/pictures')).equals(committed)).toBe(true);
  });

  test('control: other sources make another program', async () => {
    const changed = async (name: string): Promise<string> => {
      const text = await readFile(new URL(`../../native/pictures/${name}`, import.meta.url), 'utf8');
      return name === 'down.ts' ? text.replace('pair < pairs', 'pair <= pairs') : text;
    };
    expect(Buffer.from(await compileProgram('native/pictures', changed)).equals(committed)).toBe(false);
  });
});
