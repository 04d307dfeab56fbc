// Masks as they should not be: empty, cut, too large, in 16 bits, behind links, named with accents, in archives that lie. Each is read or named.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ByteBudget } from '#datasets/byte-budget';
import { classesOfMasks } from '#datasets/masks/classes-of-masks';
import { readMask } from '#datasets/masks/decode-mask';
import { maskConditions } from '#datasets/masks/mask-conditions';
import type { SurveyedMask } from '#datasets/masks/survey';
import { checkSource, importSource } from '#datasets/source';
import type { MaskCheck, MaskOptions } from '#shared/segmentation';
import { colourPng, maskFolder, stripes, valuesPng } from '#test/support/masks';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';

const check = async (path: string) => (await checkSource(path)) as MaskCheck;
const brief = ({ problems }: Pick<MaskCheck, 'problems'>) => problems.map(({ file, kind, severity }) => `${file} ${kind} ${severity}`);
const zipped = (entries: Parameters<typeof zipBytes>[0]) => writeAt(temporaryFolder(), 'masks.zip', zipBytes(entries));

test('an empty file, one of a header alone, a mask twice as large and one at the wrong place are named; the others are used', async () => {
  const root = maskFolder({ count: 8 });
  writeAt(root, 'masks/p1.png', '');
  writeAt(root, 'masks/p2.png', valuesPng(16, 16, stripes(16, 16, 2)).subarray(0, 33));
  writeAt(root, 'masks/p3.png', valuesPng(32, 32, stripes(32, 32, 2)));
  writeAt(root, 'masks/p4.png', 'a text');
  const report = await check(root);
  expect(brief(report)).toEqual([
    'images/p3.png size-mismatch error',
    'masks/p1.png empty-file error',
    'masks/p2.png truncated error',
    'masks/p4.png not-a-picture error',
  ]);
  expect(report).toMatchObject({ pictures: 4, blocking: [] });
});

test('where no mask can be read, that is said', async () => {
  const report = await check(maskFolder({ count: 3, write: () => Buffer.alloc(0) }));
  expect(report).toMatchObject({ pictures: 0, previews: [], blocking: [expect.stringContaining('No picture in it has a mask')] });
  expect(brief(report)).toEqual([0, 1, 2].map((i) => `masks/p${i}.png empty-file error`));
});

test('16 bits: numbers above 255 are classes', async () => {
  const write = (w: number, h: number, values: Uint8Array) =>
    valuesPng(
      w,
      h,
      Uint16Array.from(values, (value) => 7 + 256 * value),
      16,
    );
  const report = await check(maskFolder({ write, classes: 3 }));
  expect(report.classes.map(({ written }) => written)).toEqual(['7', '263', '519']);
  expect(report).toMatchObject({ coding: 'numbers', pictures: 12, problems: [] });
});

test('links among masks: a loop ends, a way out is no mask, and what they lack is named', async () => {
  const root = maskFolder({ count: 4 });
  symlinkSync('.', join(root, 'masks', 'loop'));
  symlinkSync('again', join(root, 'masks', 'again'));
  writeAt(root, 'images/p4.png', pngBytes({ width: 16, height: 16 }));
  symlinkSync('/etc/hostname', join(root, 'masks', 'p4.png'));
  expect(brief(await check(root))).toEqual([
    'images/p4.png no-mask error',
    'masks/again unreadable error',
    'masks/loop duplicate error',
    'masks/p4.png outside-folder error',
  ]);
});

test('accents, composed in one name and not in the other, are one name, in a folder and in an archive', async () => {
  const name = (i: number, form: 'NFC' | 'NFD') => `Gefäß ${i} – Übung.png`.normalize(form);
  const root = maskFolder({ count: 4, picture: (i) => `Bilder/images/${name(i, 'NFC')}`, mask: (i) => `Bilder/masks/${name(i, 'NFD')}` });
  const report = await check(root);
  expect(report).toMatchObject({ pictures: 4, problems: [] });
  expect(await check(zipped(zipOfFolder(root)))).toMatchObject({ pictures: 4, problems: [], classes: report.classes });
});

test('in an archive, a mask whose bytes are not what the archive says is named, also where names of classes are', async () => {
  const root = maskFolder({ count: 6 });
  writeAt(root, 'classes.txt', 'ground\ntree\n');
  const entries = zipOfFolder(root).map((entry) =>
    ['masks/p2.png', 'classes.txt'].includes(String(entry.name)) ? { ...entry, crc: 1 } : entry,
  );
  const path = zipped(entries);
  expect(brief(await check(path))).toEqual(['classes.txt unreadable error', 'masks/p2.png unreadable error']);
  const into = join(temporaryFolder(), 'version');
  const manifest = await importSource(path, { kind: 'segmentation', width: 16, height: 16, channels: 1 }, into);
  expect(manifest).toMatchObject({ count: 5, leftOut: [{ file: 'classes.txt' }, { file: 'masks/p2.png' }] });
});

test('a mask waits until there is memory to decode it; control: with room it does not', async () => {
  const bytes = colourPng(16, 16, stripes(16, 16, 2));
  const listing = { read: () => Promise.resolve(bytes) };
  const decoding = new ByteBudget(1_000_000);
  let [done, free]: [boolean, () => void] = [false, () => {}];
  const held = decoding.run(1_000_000, () => new Promise<void>((resolve) => (free = resolve)));
  const waiting = readMask(listing, { file: 'a.png', bytes: bytes.length }, { decoding }).then(() => (done = true));
  await readMask(listing, { file: 'b.png', bytes: bytes.length }, { decoding: new ByteBudget(1_000_000) });
  expect(done).toBe(false);
  free();
  await Promise.all([held, waiting]);
  expect(done).toBe(true);
});

test('a grey mask with smoothed edges among masks of colours is judged as they are', async () => {
  const [width, height] = [16, 128];
  const root = maskFolder({ width, height, write: colourPng, classes: 3 });
  const line = (value: number, i: number) => (Math.floor(i / width) === height / 2 ? 20 + 12 * (i % width) : 200 * value);
  writeAt(root, 'masks/p3.png', valuesPng(width, height, stripes(width, height, 2).map(line)));
  const report = await check(root);
  expect(report.coding).toBe('colours');
  expect(brief(report)).toEqual(['masks/p3.png odd-values warning']);
});

test('a mask that is left out takes its picture along', async () => {
  const root = maskFolder({ count: 6 });
  writeAt(root, 'masks/p3.png', valuesPng(16, 16, new Uint8Array(256), 1));
  expect(brief(await check(root))).toEqual(['masks/p3.png empty-mask warning']);
  const options: MaskOptions = { kind: 'segmentation', width: 16, height: 16, channels: 1, leaveOut: ['masks/p3.png'] };
  const manifest = await importSource(root, options, join(temporaryFolder(), 'version'));
  expect(manifest).toMatchObject({ count: 5, leftOut: [{ file: 'images/p3.png', kind: 'left-out' }] });
});

test('thousands of values, as in masks that were once JPEG, are no classes, said at once', () => {
  const mask = (seed: number): SurveyedMask => ({
    width: 100,
    height: 100,
    coding: 'colour',
    counts: new Map(Array.from({ length: 4_000 }, (_, i) => [seed * 4_000 + i, { pixels: 2, inside: i % 2 }])),
  });
  const { classes, between } = classesOfMasks(
    Array.from({ length: 100 }, (_, i) => mask(i)),
    [],
  );
  expect([classes.length, between.size]).toEqual([200_000, 200_000]);
  expect(maskConditions({ classes, usable: 100, toLearnFrom: 100 })).toEqual([expect.stringContaining('200,000 different values')]);
});
