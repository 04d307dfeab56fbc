// Pictures with masks that are read as classes are told by their names or their content, and read as masks on a word; classes are not taken for them.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSource, importSource } from '#datasets/source';
import type { PictureCheck } from '#shared/dataset';
import type { MaskCheck } from '#shared/segmentation';
import { maskFolder } from '#test/support/masks';
import { jpegBytes, pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const asClasses = async (path: string) => (await checkSource(path)) as PictureCheck;
const asMasks = async (path: string) => (await checkSource(path, { kind: 'segmentation' })) as MaskCheck;
/** Folders with names that say nothing. */
const unnamed = (options: Parameters<typeof maskFolder>[0] = {}) =>
  maskFolder({ picture: (i) => `cells/p${i}.png`, mask: (i) => `outlines/p${i}.png`, ...options });

test('two folders of the same names, one with few values: said, and read as masks when that is meant', async () => {
  const root = unnamed();
  const report = await asClasses(root);
  expect(report).toMatchObject({
    kind: 'image-classes',
    likelyMasks: 'The two folders look like pictures (12 files in "cells") and their masks (12 files in "outlines"), not like two classes.',
  });
  const masks = await asMasks(root);
  expect(masks).toMatchObject({ kind: 'segmentation', pictures: 12, summary: expect.stringContaining('masks in outlines') as string });
  expect(await importSource(root, masks.suggested, join(temporaryFolder(), 'version'))).toMatchObject({ kind: 'segmentation', count: 12 });
});

test('photographs as JPEG, the masks first in the alphabet, parts of a split outside', async () => {
  const part = (i: number) => ['train', 'val'][i % 2];
  const root = maskFolder({ picture: (i) => `${part(i)}/scene/p${i}.png`, mask: (i) => `${part(i)}/drawn/p${i}.png` });
  for (let i = 0; i < 12; i++) writeAt(root, `${part(i)}/scene/p${i}.jpg`, await jpegBytes({ width: 16, height: 16, seed: i }));
  const report = await asClasses(root);
  expect(report).toMatchObject({
    layout: 'split-class-folders',
    likelyMasks: expect.stringContaining('their masks (12 files in "drawn")') as string,
  });
  expect(await asMasks(root)).toMatchObject({ ownSplit: { train: 6, validation: 6, test: 0 } });
});

test('folders called images and masks whose files do not go together; a few masks named beside their pictures', async () => {
  const apart = maskFolder({ count: 4, mask: (i) => `masks/${i}.png` });
  expect((await asClasses(apart)).likelyMasks).toMatch(/4 files in "images".*4 files in "masks"/);
  await expect(asMasks(apart)).rejects.toThrow(/no masks are found/);
  const few = tinyImageFolder(['cat', 'dog'], 8);
  for (let i = 0; i < 4; i++) writeAt(few, `cat/${i}_mask.png`, pngBytes({ channels: 1, values: new Uint8Array(120).fill(i), seed: i }));
  expect((await asClasses(few)).likelyMasks).toBe('4 files are named like masks of others, as 0_mask.png of 0.png.');
  expect(await asMasks(few)).toMatchObject({ pictures: 4 });
});

test('classes are classes: numbered alike, drawn in few values, copies of one another, or more than two', async () => {
  expect((await asClasses(tinyImageFolder(['cat', 'dog'], 12))).likelyMasks).toBeUndefined();
  const drawn = maskFolder({ picture: (i) => `a/${i}.png`, mask: (i) => `b/${i}.png` });
  mkdirSync(join(drawn, 'c'));
  for (let i = 0; i < 12; i++) copyFileSync(join(drawn, `b/${i}.png`), join(drawn, `c/${i}.png`));
  expect((await asClasses(drawn)).likelyMasks).toBeUndefined();
  const alike = maskFolder({ picture: (i) => `a/${i}.png`, mask: (i) => `b/${i}.png`, classes: 2 });
  for (let i = 0; i < 12; i++) copyFileSync(join(alike, `b/${i}.png`), join(alike, `a/${i}.png`));
  expect((await asClasses(alike)).likelyMasks).toBeUndefined();
  await expect(asMasks(alike)).rejects.toThrow(/no masks are found/);
});
