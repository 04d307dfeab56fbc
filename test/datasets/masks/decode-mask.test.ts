// A mask's codes are what its file stores: palette indices and not colours, whatever the bits, the order of rows and the format.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodePicture } from '#datasets/decode-picture';
import { readMask } from '#datasets/masks/decode-mask';
import { PALETTE, stripes, valuesPng } from '#test/support/masks';
import { jpegBytes, pngBytes } from '#test/support/pictures';

const decode = (bytes: Buffer, file = 'mask.png') => readMask({ read: () => Promise.resolve(bytes) }, { file, bytes: bytes.length });
const fixture = (name: string) => readFileSync(join('test', 'fixtures', name));

test.each([1, 2, 4, 8])('palette indices of %i bits are kept, and grey of as many', async (bits) => {
  const classes = Math.min(16, 2 ** bits);
  const values = stripes(13, 32, classes);
  const palette = PALETTE.subarray(0, 3 * classes);
  const indexed = await decode(valuesPng(13, 32, values, bits, palette));
  expect(indexed).toMatchObject({ width: 13, height: 32, coding: 'index' });
  expect(indexed.codes).toEqual(values);
  const grey = await decode(valuesPng(13, 32, values, bits));
  expect(grey.coding).toBe('grey');
  expect(grey.codes).toEqual(values);
});

/** What the decoder of pictures shows of each index is one colour: the indices are the file's, wherever each pass of it puts them. */
async function expectOneColourEach(bytes: Buffer, file: string): Promise<void> {
  const { width, height, codes } = await decode(bytes, file);
  const rgb = await decodePicture(bytes, { width, height, channels: 3 });
  const colours = new Map<number, string>();
  codes.forEach((code, i) => {
    const colour = rgb.subarray(3 * i, 3 * i + 3).join();
    expect(colours.get(code) ?? colour).toBe(colour);
    colours.set(code, colour);
  });
  expect(colours.size).toBeGreaterThan(1);
}

test.each(['pictures/palette.png', 'formats/palette.gif', 'formats/interlaced.gif', 'formats/one-bit.gif'])(
  'every index of %s is one colour to the decoder of pictures',
  (name) => expectOneColourEach(fixture(name), name),
);

test('control: moved by a pixel, they are not', async () => {
  const bytes = fixture('pictures/palette.png');
  const { width, height, codes } = await decode(bytes);
  const rgb = await decodePicture(bytes, { width, height, channels: 3 });
  const colours = new Map<number, Set<string>>();
  codes.subarray(1).forEach((code, i) => colours.set(code, (colours.get(code) ?? new Set()).add(rgb.subarray(3 * i, 3 * i + 3).join())));
  expect(Math.max(...[...colours.values()].map(({ size }) => size))).toBeGreaterThan(1);
});

test('colours are 24 bits; grey in three channels is grey; what is transparent is black', async () => {
  const red = pngBytes({ width: 2, height: 1, channels: 3, values: Uint8Array.of(255, 0, 1, 7, 7, 7) });
  expect(await decode(red)).toMatchObject({ coding: 'colour', codes: Uint32Array.of(0xff0001, 0x070707) });
  const grey = pngBytes({ width: 2, height: 1, channels: 3, values: Uint8Array.of(9, 9, 9, 255, 255, 255) });
  expect(await decode(grey)).toMatchObject({ coding: 'grey', codes: Uint8Array.of(9, 255) });
  const clear = pngBytes({ width: 2, height: 1, channels: 4, values: Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0) });
  expect(await decode(clear)).toMatchObject({ coding: 'colour', codes: Uint32Array.of(0xff0000, 0) });
});

test('TIFF, WebP and BMP are read, 16 bits as they are, and a JPEG is refused with the way out', async () => {
  expect((await decode(fixture('formats/one-bit.tif'), 'mask.tif')).coding).toBe('grey');
  expect(new Set((await decode(fixture('formats/one-bit.tif'), 'mask.tif')).codes)).toEqual(new Set([0, 255]));
  expect((await decode(fixture('formats/lossless.webp'), 'mask.webp')).coding).toBe('colour');
  expect((await decode(fixture('formats/palette.bmp'), 'mask.bmp')).coding).toBe('colour');
  const wide = await decode(fixture('pictures/grey-16.png'));
  expect(wide.coding).toBe('grey');
  expect(Math.max(...wide.codes)).toBeGreaterThan(255);
  await expect(decode(await jpegBytes(), 'mask.jpg')).rejects.toThrow('It is a JPEG, which changes the values of a mask. Save it as PNG.');
});
