// `train --data` reads data as `data import` does, by the same options.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareData } from '#cli/prepare-data';
import type { ReadingOptions } from '#cli/reading-options';
import { parseTrainOptions } from '#cli/train-options';
import { readManifest } from '#datasets/manifest';
import { maskFolder } from '#test/support/masks';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const prepare = (data: string, reading: ReadingOptions, out = temporaryFolder()) =>
  prepareData(data, out, { say: () => {}, signal: new AbortController().signal, reading });
const readFrom = (words: string) => parseTrainOptions(['--data', 'x', ...words.split(' ')]).reading;

test('the size, the colours and the classes are those that were said', async () => {
  const reading = readFrom('--size 20x12 --grey --classes cat=animal,dog=animal,bird=flyer');
  const folder = await prepare(tinyImageFolder(['bird', 'cat', 'dog'], 3), reading);
  expect(await readManifest(folder)).toMatchObject({ width: 20, height: 12, channels: 1, labels: ['animal', 'flyer'], count: 9 });
});

test('masks are masks where it is said, and pictures of classes where that is said', async () => {
  const pictures = maskFolder({ count: 6 });
  expect(await readManifest(await prepare(pictures, readFrom('--kind masks')))).toMatchObject({ kind: 'segmentation', count: 6 });
  expect(await readManifest(await prepare(pictures, readFrom('--kind classes')))).toMatchObject({
    kind: 'image-classes',
    labels: ['images', 'masks'],
  });
});

test('what cannot be is said before anything is looked at', () => {
  expect(() => readFrom('--kind both')).toThrow('--kind must be one of: classes, masks.');
});

test('a packed data set stays as it was imported', async () => {
  const out = temporaryFolder();
  const packed = await prepare(tinyImageFolder(), {}, out);
  expect(packed).toBe(join(out, 'data'));
  expect(await prepare(packed, {})).toBe(packed);
  await expect(prepare(packed, { size: '20' })).rejects.toThrow(/is packed already, and stays as it was imported/);
});

test('what lies in a run stays where other data, or the same read in another way, is given to it', async () => {
  const out = temporaryFolder();
  const own = tinyImageFolder(['a', 'b'], 3);
  const { contentHash: expectedHash } = await readManifest(await prepare(own, {}, out));
  const again = (data: string, reading: ReadingOptions = {}) =>
    prepareData(data, out, { say: () => {}, signal: new AbortController().signal, reading, expectedHash });
  for (const [data, reading] of [
    [tinyImageFolder(['a', 'b'], 4), {}],
    [own, { size: '20' }],
  ] as const)
    await expect(again(data, reading)).rejects.toThrow(`${data} cannot be used as data: this run learnt from other data`);
  expect(readdirSync(out)).toEqual(['data']);
  // A folder that was to be made for it is not left behind.
  const never = join(temporaryFolder(), 'never');
  await expect(
    prepareData(tinyImageFolder(['a', 'b'], 4), never, { say: () => {}, signal: new AbortController().signal, expectedHash }),
  ).rejects.toThrow();
  expect(existsSync(never)).toBe(false);
  expect((await readManifest(join(out, 'data'))).contentHash).toBe(expectedHash);
  // The same data takes its own place (control).
  expect(await again(own)).toBe(join(out, 'data'));
});
