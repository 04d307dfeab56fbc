// Every format against Pillow: lossless ones bit for bit, JPEG within rounding; what is not read is refused by its name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { decodePicture, readHeader } from '#datasets/decode-picture';
import { PictureError } from '#datasets/picture-error';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const FIXTURES = join(__dirname, '..', 'fixtures', 'formats');
const expected = Object.entries(
  JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<string, { width: number; height: number; rgb: string }>,
);
/** Two decoders of JPEG round differently; everything else must be the same. */
const isJpeg = (name: string) => /\.jpg$|^jpeg\.tif$/.test(name);

describe.each(expected)('%s', (name, { width, height, rgb }) => {
  const file = readFileSync(join(FIXTURES, name));

  test('as Pillow reads it', async () => {
    const pixels = await decodePicture(file, { width, height, channels: 3 });
    const differences = Array.from(Buffer.from(rgb, 'base64'), (value, i) => Math.abs(value - pixels[i]));
    expect(Math.max(...differences)).toBeLessThanOrEqual(isJpeg(name) ? 16 : 0);
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThanOrEqual(isJpeg(name) ? 1 : 0);
  });

  test('cut off at each 5 % it is refused, or read as it is where nothing is missing', async () => {
    const whole = Buffer.from(await decodePicture(file, { width, height, channels: 3 }));
    for (let share = 0; share < 100; share += 5) {
      const cut = file.subarray(0, Math.floor((file.length * share) / 100));
      const outcome = await decodePicture(cut, { width, height, channels: 3 }).catch((error: unknown) => error);
      // What stands behind the pixels may be missing: a second page, an EXIF block.
      if (outcome instanceof Uint8Array) expect(whole.equals(outcome), `${share} %`).toBe(true);
      else expect(outcome).toMatchObject({ failure: { kind: 'dataset-invalid' } });
    }
  });
});

describe('refused by name', () => {
  test.each([
    ['palette.tif', /palette/],
    ['float.tif', /floating-point/],
    ['grey-alpha.tif', /2 channels/],
    ['lab.tif', /L\*a\*b\*/],
    ['ycbcr.tif', /YCbCr/],
    ['big.tif', /BigTIFF/],
    ['picture.avif', /AVIF/],
    ['picture.jp2', /JPEG 2000/],
  ])('%s', (name, words) => {
    const bytes = readFileSync(join(FIXTURES, 'refused', name));
    const error = (() => {
      try {
        return readHeader(bytes, name);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(PictureError);
    expect(error).toMatchObject({ kind: 'unsupported', message: expect.stringMatching(words) });
  });
});

test('how pictures will be reduced is told before the import', async () => {
  const folder = temporaryFolder();
  for (const label of ['a', 'b'])
    for (let i = 0; i < 10; i++)
      writeAt(folder, `${label}/${i}.png`, pngBytes({ seed: i + (label === 'a' ? 0 : 50), width: 23, height: 17 }));
  for (const name of ['rgba-16.png', 'cmyk.tif', 'cmyk-progressive.jpg', 'transparent.gif', 'turned.webp', 'grey-16.tif'])
    writeAt(folder, `a/${name}`, readFileSync(join(FIXTURES, name)));
  writeAt(folder, 'b/many.tif', readFileSync(join(FIXTURES, 'refused', 'grey-alpha.tif')));
  const report = await checkFolder(folder);
  const advice = report.advice.join('\n');
  expect(advice).toMatch(/2 pictures have 16 bits a channel; the upper 8 are kept/);
  expect(advice).toMatch(/2 pictures have transparency, which is laid over white/);
  expect(advice).toMatch(/2 pictures are in CMYK, the inks of print; red, green and blue are made of them/);
  expect(advice).toMatch(/1 picture was taken with the camera turned/);
  expect(report.problems).toMatchObject([{ file: 'b/many.tif', kind: 'unsupported', message: expect.stringMatching(/2 channels/) }]);
});
