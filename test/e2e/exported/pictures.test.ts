// A picture in an exported page becomes the very numbers that it becomes in the app, as far as the browser's decoder gives the same pixels.
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decodePicture } from '#datasets/decode-picture';
import { unvaried, vary } from '#engine/augment/vary';
import { executeExport } from '#trainer/exports/execute-export';
import { withExportedPage } from '../../support/exported-page';
import { savedModel } from '../../support/exported-runs';
import { jpegBytes, pngBytes } from '../../support/pictures';
import { temporaryFolder } from '../../support/temporary-folder';
import { openPage } from './open-page';

withExportedPage();

type Shape = [height: number, width: number, channels: 1 | 3];

const readInPage = (page: Page, picture: Buffer, shape: Shape, stored?: object): Promise<number[]> =>
  page.evaluate(
    async ([letters, inputShape, preprocessing]) => {
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      const { overbatch } = globalThis as unknown as {
        overbatch: { readPicture(file: Blob, metadata: object): Promise<{ pixels: Uint8Array }> };
      };
      return [...(await overbatch.readPicture(new Blob([bytes]), { inputShape, preprocessing })).pixels];
    },
    [picture.toString('base64'), shape, { stored }] as const,
  );

/** Largest and mean difference of a value, of 0 to 255. */
async function differences(page: Page, picture: Buffer, shape: Shape): Promise<{ largest: number; mean: number }> {
  const [height, width, channels] = shape;
  const ours = await decodePicture(picture, { width, height, channels });
  const theirs = await readInPage(page, picture, shape);
  expect(theirs).toHaveLength(ours.length);
  const off = theirs.map((value, i) => Math.abs(value - ours[i]));
  return { largest: Math.max(...off), mean: off.reduce((a, b) => a + b, 0) / off.length };
}

async function anyPage(): Promise<Page> {
  const out = join(temporaryFolder(), 'page.html');
  await executeExport({ modelFolder: savedModel('linear', [8, 8, 1]), as: 'html', out, name: 'x' }, () => {});
  return (await openPage(out)).page;
}

const SHAPES: Shape[] = [
  [24, 24, 3],
  [24, 24, 1],
  [90, 120, 3],
  [200, 150, 3],
];

test('PNG, WebP without loss, any size: every number is the same', async () => {
  const page = await anyPage();
  const photo = pngBytes({ width: 120, height: 90, seed: 5 });
  const grey = pngBytes({ width: 61, height: 47, channels: 1, seed: 6 });
  const webp = await new Transformer(photo).webpLossless();
  for (const shape of SHAPES)
    for (const picture of [photo, grey, webp]) expect((await differences(page, picture, shape)).largest, shape.join(' × ')).toBe(0);
  // The control: another picture is another.
  const [height, width, channels] = SHAPES[0];
  const other = await decodePicture(pngBytes({ width: 120, height: 90, seed: 9 }), { width, height, channels });
  expect(await readInPage(page, photo, SHAPES[0])).not.toEqual([...other]);
});

test('a run at another size than its data was stored at: both steps are taken', async () => {
  const page = await anyPage();
  const photo = pngBytes({ width: 120, height: 90, seed: 5 });
  const [stored, input] = [
    { width: 64, height: 48, channels: 3 as const },
    { width: 24, height: 24, channels: 3 },
  ];
  const expected = new Uint8Array(24 * 24 * 3);
  vary(await decodePicture(photo, stored), stored, unvaried(stored), input, expected);
  expect(await readInPage(page, photo, [24, 24, 3], { width: 64, height: 48 })).toEqual([...expected]);
  expect(await readInPage(page, photo, [24, 24, 3]), 'control').not.toEqual([...expected]);
});

test('transparency is laid over white, within 1 of 255', async () => {
  const page = await anyPage();
  const see = pngBytes({ width: 40, height: 30, channels: 4, seed: 7 });
  for (const shape of SHAPES) expect((await differences(page, see, shape)).largest).toBeLessThanOrEqual(2);
});

test('JPEG differs by what decoders differ by; EXIF turns it as in the app', async () => {
  const page = await anyPage();
  const picture = await jpegBytes({ width: 320, height: 200, seed: 8 });
  for (const shape of SHAPES) {
    for (const orientation of [1, 3, 6, 8]) {
      const { largest, mean } = await differences(page, turned(picture, orientation), shape);
      expect(mean, `${shape.join(' × ')}, turned ${orientation}`).toBeLessThan(0.2);
      expect(largest).toBeLessThanOrEqual(3);
    }
  }
});

/** With an EXIF part that says how the camera was held. */
function turned(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const content = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, content.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
