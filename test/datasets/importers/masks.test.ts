// Pictures with masks are found by their folders and names, in the ways that people lay them out; and nothing else is taken for them.
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withListing } from '#datasets/importers/choose';
import type { Choices, Listing } from '#datasets/importers/importer';
import { maskFolder } from '#test/support/masks';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';

const listed = (path: string, choices: Choices = {}): Promise<Listing> =>
  withListing(path, {}, choices, ({ listing }) => Promise.resolve(listing));
const pairs = ({ pictures }: Listing) => pictures.map(({ file, mask, split }) => `${file} ${mask?.file} ${split}`);

test.each([
  ['images', 'masks'],
  ['imgs', 'labels'],
  ['JPEGImages', 'SegmentationClass'],
  ['Image', 'Ground_Truth'],
  ['train', 'train_masks'],
  ['train', 'trainannot'],
])('%s/ with %s/', async (images, masks) => {
  const root = maskFolder({ count: 2, picture: (i) => `${images}/p${i}.png`, mask: (i) => `${masks}/p${i}.png` });
  const part = images === 'train' ? 'train' : 'none';
  const found = await listed(root);
  expect(found).toMatchObject({ layout: 'mask-folders', masks: { names: [] }, problems: [] });
  expect(pairs(found)).toEqual([0, 1].map((i) => `${images}/p${i}.png ${masks}/p${i}.png ${part}`));
});

test('Carvana: car_01.jpg in train, car_01_mask.gif in train_masks', async () => {
  const root = maskFolder({ count: 2, picture: (i) => `train/car_0${i}.png`, mask: (i) => `train_masks/car_0${i}_mask.gif` });
  expect(pairs(await listed(root))).toEqual([0, 1].map((i) => `train/car_0${i}.png train_masks/car_0${i}_mask.gif train`));
});

test('parts of a split outside or inside, wrapped in a folder or not, in a zip or not', async () => {
  const root = temporaryFolder();
  const part = (i: number) => ['train', 'val', 'test'][i % 3];
  const outside = maskFolder({
    root: join(root, 'outside'),
    count: 3,
    picture: (i) => `${part(i)}/images/${i}.png`,
    mask: (i) => `${part(i)}/masks/${i}.png`,
  });
  const splits = ['test', 'train', 'validation'];
  expect((await listed(outside)).pictures.map(({ split }) => split)).toEqual(splits);
  const inside = maskFolder({
    root: join(root, 'inside'),
    count: 3,
    picture: (i) => `data/images/${part(i)}/${i}.png`,
    mask: (i) => `data/masks/${part(i)}/${i}.png`,
  });
  expect((await listed(inside)).pictures.map(({ split }) => split)).toEqual(splits);
  const archive = writeAt(root, 'inside.zip', zipBytes(zipOfFolder(join(root, 'inside'))));
  expect(pairs(await listed(archive))).toEqual(pairs(await listed(inside)));
});

test.each(['_mask', '_seg', '_label', '-labels', '_segmentation', '_gt'])('masks named with %s beside their pictures', async (suffix) => {
  const root = maskFolder({ count: 2, picture: (i) => `cell${i}.png`, mask: (i) => `cell${i}${suffix}.png` });
  const found = await listed(root);
  expect(found.layout).toBe('mask-suffix');
  expect(pairs(found)).toEqual([0, 1].map((i) => `cell${i}.png cell${i}${suffix}.png none`));
});

test('a folder a patient: its pictures belong together', async () => {
  const root = maskFolder({ count: 4, picture: (i) => `patient${i % 2}/${i}.png`, mask: (i) => `patient${i % 2}/${i}_mask.png` });
  const found = await listed(root);
  expect(found.layout).toBe('mask-suffix');
  expect(found.pictures.map(({ group }) => group)).toEqual(['patient0', 'patient0', 'patient1', 'patient1']);
});

test('what has no partner, or several, is named; names of classes are read from classes.txt', async () => {
  const root = maskFolder({ count: 3 });
  writeAt(root, 'images/alone.png', pngBytes());
  writeAt(root, 'masks/lost.png', pngBytes());
  writeAt(root, 'masks/p0.gif', pngBytes());
  writeAt(root, 'classes.txt', 'ground\ntree\n');
  const { pictures, problems, masks } = await listed(root);
  expect(pictures.map(({ file }) => file)).toEqual(['images/p1.png', 'images/p2.png']);
  expect(problems.map(({ file, kind }) => `${file} ${kind}`)).toEqual([
    'images/alone.png no-mask',
    'images/p0.png no-mask',
    'masks/lost.png no-picture',
  ]);
  expect(masks).toEqual({ names: ['ground', 'tree'] });
});

test('who says so reads class folders where masks are found, and masks where too few are', async () => {
  const root = maskFolder({ count: 3 });
  expect((await listed(root)).layout).toBe('mask-folders');
  const classes = await listed(root, { kind: 'image-classes' });
  expect(classes).toMatchObject({ layout: 'class-folders', labels: ['images', 'masks'] });
  expect(classes.masks).toBeUndefined();
  const few = maskFolder({ count: 2, picture: (i) => `cell_${i}.png`, mask: (i) => `cell_${i}_mask.png` });
  for (let i = 2; i < 9; i++) writeAt(few, `cell_${i}.png`, pngBytes({ seed: i }));
  expect((await listed(few)).masks).toBeUndefined();
  const found = await listed(few, { kind: 'segmentation' });
  expect(pairs(found)).toEqual(['cell_0.png cell_0_mask.png none', 'cell_1.png cell_1_mask.png none']);
  expect(found.problems.map(({ kind }) => kind)).toEqual(Array(7).fill('no-mask'));
  await expect(listed(tinyImageFolder(), { kind: 'segmentation' })).rejects.toThrow(/no masks are found .* in a folder "masks"/);
});

test('pictures with masks in a folder are opened from the disk by threads; those of an archive are handed over', async () => {
  const root = maskFolder({ count: 1 });
  const { place, pictures } = await listed(root);
  expect(place?.(pictures[0])).toBe(join(realpathSync(root), 'images', 'p0.png'));
  const archived = await listed(writeAt(temporaryFolder(), 'a.zip', zipBytes(zipOfFolder(root))));
  expect(archived.place?.(archived.pictures[0])).toBeUndefined();
});

test('control: classes that are called like masks are classes', async () => {
  expect((await listed(tinyImageFolder(['with_mask', 'without_mask']))).layout).toBe('class-folders');
  expect((await listed(tinyImageFolder(['images', 'masks'].map((name) => `${name}-of-faces`)))).layout).toBe('class-folders');
  const faces = temporaryFolder();
  for (let i = 0; i < 6; i++) writeAt(faces, `${i % 2 ? 'mask' : 'face'}_${i}.png`, pngBytes({ seed: i }));
  expect((await listed(faces)).layout).toBe('named');
  const empty = temporaryFolder();
  for (const name of ['images', 'masks']) mkdirSync(join(empty, name));
  expect((await listed(empty)).layout).toBe('class-folders');
});
