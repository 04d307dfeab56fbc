// Decoding against Pillow: lossless kinds bit for bit, JPEG and resizing within rounding of other arithmetic.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePicture, decodePixels, fitPixels, readHeader } from '#datasets/decode-picture';
import { FailureError } from '#shared/failure';
import { jpegBytes, pngBytes, pngHeader, pngOf } from '#test/support/pictures';

const FIXTURES = join(__dirname, '..', 'fixtures', 'pictures');
const expected = Object.entries(
  JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<
    string,
    { width: number; height: number; rgb: string; grey: string; small: string }
  >,
);
const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

function difference(a: Uint8Array, b: Uint8Array): { largest: number; mean: number } {
  expect(a.length).toBe(b.length);
  const differences = Array.from(a, (value, i) => Math.abs(value - b[i]));
  return { largest: Math.max(...differences), mean: differences.reduce((sum, d) => sum + d, 0) / differences.length };
}

describe.each(expected)('%s', (name, { width, height, rgb, grey, small }) => {
  const file = readFileSync(join(FIXTURES, name));
  const lossless = name.endsWith('.png');

  test('in colour, as Pillow reads it', async () => {
    const { largest, mean } = difference(await decodePicture(file, { width, height, channels: 3 }), bytesOf(rgb));
    // Two JPEG decoders round differently, and more so where colour is stored at half the size.
    expect(largest).toBeLessThanOrEqual(lossless ? 0 : 16);
    expect(mean).toBeLessThanOrEqual(lossless ? 0 : 1);
  });

  test('in grey, as Pillow converts it', async () => {
    const { largest, mean } = difference(await decodePicture(file, { width, height, channels: 1 }), bytesOf(grey));
    expect(largest).toBeLessThanOrEqual(lossless ? 0 : 16);
    expect(mean).toBeLessThanOrEqual(lossless ? 0 : 1);
  });

  test('made smaller, as Pillow does with Lanczos', async () => {
    const { largest, mean } = difference(await decodePicture(file, { width: 6, height: 5, channels: 3 }), bytesOf(small));
    // Both clip what the filter overshoots between its two passes, but take the passes in another order: 9 and 1.97 on pure black and white.
    const harsh = name === 'one-bit.png';
    expect(largest).toBeLessThanOrEqual(harsh ? 9 : lossless ? 2 : 8);
    expect(mean).toBeLessThanOrEqual(harsh ? 2 : 1);
  });
});

test.each([
  [2, (x, y, { width }) => y * width + width - 1 - x],
  [3, (x, y, { width, height }) => (height - 1 - y) * width + width - 1 - x],
  [4, (x, y, { width, height }) => (height - 1 - y) * width + x],
  [5, (x, y, { height }) => x * height + y],
  [6, (x, y, { height }) => x * height + height - 1 - y],
  [7, (x, y, { width, height }) => (width - 1 - x) * height + height - 1 - y],
  [8, (x, y, { width, height }) => (width - 1 - x) * height + y],
] as [number, (x: number, y: number, size: { width: number; height: number }) => number][])(
  'a JPEG that ends inside a block, turned by EXIF %s: the same pixels in other places',
  async (orientation, place) => {
    const [upright, size] = [readFileSync(join(FIXTURES, 'cropped-420.jpg')), { width: 22, height: 26 }];
    const exif = Buffer.from(`45786966000049492a0008000000010012010300010000000${orientation}00000000000000`, 'hex');
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif]);
    const turned = Buffer.concat([upright.subarray(0, 2), segment, upright.subarray(2)]);
    const turnedSize = orientation < 5 ? size : { width: size.height, height: size.width };
    const pixels = await decodePicture(turned, { ...turnedSize, channels: 3 });
    const expected = new Uint8Array(pixels.length);
    (await decodePicture(upright, { ...size, channels: 3 })).forEach((value, i) => {
      const [x, y] = [Math.floor(i / 3) % size.width, Math.floor(i / 3 / size.width)];
      expected[3 * place(x, y, size) + (i % 3)] = value;
    });
    expect([...pixels]).toEqual([...expected]);
  },
);

test('a JPEG that ends inside a block is mended also before the library resizes it', async () => {
  const [file, size] = [readFileSync(join(FIXTURES, 'cropped-420.jpg')), { width: 22, height: 26 }];
  // More than our own program takes.
  const layout = { width: 2100, height: 2000, channels: 3 } as const;
  const header = { ...readHeader(file, 'cropped.jpg'), edge: undefined };
  const mended = await fitPixels({ header, pixels: await decodePicture(file, { ...size, channels: 3 }) }, layout);
  expect(Buffer.from(await decodePicture(file, layout)).equals(mended)).toBe(true);
  expect(Buffer.from(await decodePixels(file, header, layout)).equals(mended), 'control: not mended').toBe(false);
});

test('a grey picture in three channels repeats its values', async () => {
  const values = Uint8Array.from([0, 50, 100, 150, 200, 255]);
  const png = pngBytes({ width: 3, height: 2, channels: 1, values });
  expect([...(await decodePicture(png, { width: 3, height: 2, channels: 3 }))]).toEqual([...values].flatMap((v) => [v, v, v]));
});

test('a fully transparent pixel is white, a half transparent black one is grey', async () => {
  const values = Uint8Array.from([10, 20, 30, 0, 0, 0, 0, 128]);
  const png = pngBytes({ width: 2, height: 1, channels: 4, values });
  expect([...(await decodePicture(png, { width: 2, height: 1, channels: 3 }))]).toEqual([255, 255, 255, 127, 127, 127]);
});

describe('refuses with a sentence', () => {
  const layout = { width: 8, height: 8, channels: 3 } as const;
  const sentence = async (bytes: Uint8Array) => {
    const error: unknown = await decodePicture(bytes, layout).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(FailureError);
    return (error as FailureError).message;
  };

  test.each([
    ['nothing', async () => Buffer.alloc(0), /empty/],
    ['text', async () => Buffer.from('hello, this is text'), /content is none/],
    ['a web page', async () => Buffer.from('<!DOCTYPE html><html>'), /web page/],
    ['a Photoshop file', async () => Buffer.from('8BPS........'), /Photoshop/],
    ['a gigantic PNG', async () => pngOf(pngHeader(100_000, 100_000), Buffer.alloc(20)), /100000 × 100000/],
    ['half a JPEG', async () => (await jpegBytes({ width: 64, height: 64 })).subarray(0, 800), /cut off/],
    ['a PNG without pixels', async () => pngOf(pngHeader(4, 4), Buffer.alloc(0)), /damaged/],
    ['a PNG of no size', async () => pngOf(pngHeader(0, 4), Buffer.alloc(4)), /0 × 4/],
  ])('%s', async (_, make, words) => {
    expect(await sentence(await make())).toMatch(words);
  });
});
