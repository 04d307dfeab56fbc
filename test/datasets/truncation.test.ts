// A picture cut off anywhere is named so; decoders fill the rest with grey, and a run would learn from it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePicture, readHeader } from '#datasets/decode-picture';
import { PictureError } from '#datasets/picture-error';
import { jpegBytes, pngBytes } from '#test/support/pictures';

const FIXTURES = join(__dirname, '..', 'fixtures', 'pictures');
const SHARES = Array.from({ length: 19 }, (_, i) => (i + 1) * 5);

describe.each([
  ['a PNG', async () => pngBytes({ width: 40, height: 30 })],
  ['a JPEG', async () => jpegBytes({ width: 64, height: 48 })],
  ['a progressive JPEG', async () => readFileSync(join(FIXTURES, 'progressive.jpg'))],
  ['a JPEG with EXIF', async () => readFileSync(join(FIXTURES, 'turned-6.jpg'))],
])('%s', (name, make) => {
  test('whole, it is read', async () => {
    await expect(decodePicture(await make(), { width: 8, height: 8, channels: 3 })).resolves.toHaveLength(192);
  });

  test('cut off at each 5 %, at its last byte and within its first hundred, it is refused', async () => {
    const whole = await make();
    const lengths = [...SHARES.map((share) => Math.floor((whole.length * share) / 100)), whole.length - 1];
    for (const length of [...lengths, ...Array.from({ length: 100 }, (_, i) => i)]) {
      await expect(
        decodePicture(whole.subarray(0, length), { width: 8, height: 8, channels: 3 }),
        `${name}, ${length} bytes`,
      ).rejects.toThrow();
    }
    for (const length of lengths.filter((l) => l > 20)) {
      const error = catchError(() => readHeader(Buffer.from(whole.subarray(0, length)), 'x.jpg'));
      expect(error, `${name}, ${length} bytes`).toBeInstanceOf(PictureError);
      expect((error as PictureError).kind).toBe('truncated');
    }
  });

  test('with the second half zero, as an aborted download leaves it, it is refused', async () => {
    const whole = Buffer.from(await make());
    whole.fill(0, Math.floor(whole.length / 2));
    await expect(decodePicture(whole, { width: 8, height: 8, channels: 3 })).rejects.toThrow(/cut off|damaged/);
  });

  test('with bytes after its end it is read: cameras append to pictures', async () => {
    const longer = Buffer.concat([await make(), Buffer.from('appended')]);
    await expect(decodePicture(longer, { width: 8, height: 8, channels: 3 })).resolves.toHaveLength(192);
  });
});

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
