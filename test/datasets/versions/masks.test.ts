// Versions of pictures with masks: dropped and added like others, their masks with them, known values in their classes, nothing moved in the split.
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importMasks } from '#datasets/masks/import-masks';
import { openPacked } from '#datasets/packed-dataset';
import { splitIndices } from '#datasets/split';
import { verifyDataset } from '#datasets/verify-dataset';
import { differenceBetween } from '#datasets/versions/difference';
import { editVersion } from '#datasets/versions/edit-version';
import { growVersion } from '#datasets/versions/grow-version';
import type { MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { differenceSentence } from '#shared/version-difference';
import { maskFolder, PALETTE, stripes, valuesPng } from '#test/support/masks';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const OPTIONS: MaskOptions = { kind: 'segmentation', width: 16, height: 16, channels: 1 };

async function first(options: Parameters<typeof maskFolder>[0] = {}, classes: MaskOptions['classes'] = {}) {
  const [root, home] = [maskFolder({ count: 20, classes: 3, ...options }), temporaryFolder()];
  const folder = join(home, '1');
  return { root, home, folder, manifest: await importMasks(root, { ...OPTIONS, classes }, folder) };
}

const edited = async (...args: Parameters<typeof editVersion>) => (await editVersion(...args)) as SegmentationManifest;
const grown = async (base: string, folder: string, into: string, classes?: MaskOptions['classes']) =>
  (await growVersion(base, { folder, options: { kind: 'segmentation', classes }, since: 2 }, into)) as SegmentationManifest;
const said = (before: SegmentationManifest, after: SegmentationManifest) => differenceSentence(differenceBetween(before, after));
const heldOut = (of: SegmentationManifest) =>
  [...splitIndices(of, { validationShare: 0.3, seed: 1 }).validation].map((i) => of.samples[i].file).sort();
/** What of a version's masks the manifest says, counted from the bytes. */
async function counted(folder: string, { classes, count }: SegmentationManifest) {
  const dataset = await openPacked(folder, 0);
  onTestFinished(() => dataset.close());
  const masks = dataset.masks!.read(Array.from({ length: count }, (_, i) => i));
  return classes.map((_, i) => masks.filter((index) => index === i).length);
}

/** New pictures, of other noise than maskFolder's, with these values in their masks. */
function more(values: (i: number) => Uint8Array, count = 3): string {
  const root = temporaryFolder();
  for (let i = 0; i < count; i++) {
    writeAt(root, `images/new${i}.png`, pngBytes({ width: 16, height: 16, channels: 1, seed: 800 + i }));
    writeAt(root, `masks/new${i}.png`, valuesPng(16, 16, values(i), 4, PALETTE));
  }
  return root;
}

test('dropping takes pictures and masks, keeps every other byte, counts what is left and moves nothing', async () => {
  const { home, folder, manifest } = await first();
  const drop = [0, 5, 19];
  const next = await edited(folder, { drop }, join(home, '2'));
  expect(said(manifest, next)).toBe('3 dropped');
  expect(next).toMatchObject({ count: 17, labels: manifest.labels });
  expect(next.classes.map(({ pixels, pictures }) => [pixels, pictures])).toEqual(
    (await counted(join(home, '2'), next)).map((pixels) => [pixels, 17]),
  );
  await verifyDataset(join(home, '2'));
  const gone = drop.map((i) => manifest.samples[i].file);
  expect(next.leftOut.map(({ file }) => file)).toEqual([...gone].sort());
  expect(heldOut(next)).toEqual(heldOut(manifest).filter((file) => !gone.includes(file)));
  const back = await grown(join(home, '2'), (await first()).root, join(home, '3'));
  expect(back.contentHash).toBe(manifest.contentHash);
  expect(back.classes).toEqual(manifest.classes);
});

test('a version in which nothing is dropped shares every byte; what masks cannot have is refused', async () => {
  const { home, folder, manifest } = await first({ count: 4 });
  await edited(folder, { drop: [] }, join(home, '2'));
  for (const file of ['samples.bin', 'masks.bin']) expect(statSync(join(home, '2', file)).ino).toBe(statSync(join(folder, file)).ino);
  const all = manifest.samples.map((_, i) => i);
  for (const [edits, words] of [
    [{ relabel: [{ samples: [0], label: '1' }] }, /not changed in a version: correct the mask files/],
    [{ classes: { '1': 'disc' } }, /not changed in a version/],
    [{ drop: all }, /nothing would be left/],
    [{ drop: [99] }, /no picture 99/],
  ] as const)
    await expect(editVersion(folder, edits as Parameters<typeof editVersion>[1], join(home, '3'))).rejects.toThrow(words);
  expect(readdirSync(home).sort()).toEqual(['1', '2']);
});

test('dropping every picture that shows a second class is refused; one that shows it may stay alone with the others', async () => {
  let written = 0;
  const { home, folder, manifest } = await first({
    count: 12,
    classes: 2,
    write: (w, h, values) => valuesPng(w, h, written++ < 2 ? values : new Uint8Array(w * h)),
  });
  const drop = manifest.samples.flatMap(({ file }, i) => (/p[01]\.png/.test(file) ? [i] : []));
  await expect(edited(folder, { drop }, join(home, '2'))).rejects.toThrow(/would be "background", and at least two classes are needed/);
  expect(readdirSync(home)).toEqual(['1']);
  expect((await edited(folder, { drop: drop.slice(1) }, join(home, '2'))).classes[1].pictures).toBe(1);
});

test('added masks mean what they mean there; a new value is a new class behind the others, a class may be given another name or none', async () => {
  const { home, folder, manifest } = await first({}, { '1': 'disc', '2': 'disc' });
  expect(manifest.classes.map(({ label, written }) => `${label} ${written}`)).toEqual(['0 0', 'disc 1, 2']);
  const folderOf = more((i) => stripes(16, 16, 4).map((value) => (value === 3 && i === 2 ? 0 : value)));
  const next = await grown(folder, folderOf, join(home, '2'));
  expect(said(manifest, next)).toBe('3 added');
  expect(next.classes.map(({ label, written }) => `${label} ${written}`)).toEqual(['0 0', 'disc 1, 2', '3 3']);
  expect(next.labels).toEqual(['0', 'disc', '3']);
  expect(await counted(join(home, '2'), next)).toEqual(next.classes.map(({ pixels }) => pixels));
  expect(next.classes[2]).toMatchObject({ pixels: 128, pictures: 2 });
  await verifyDataset(join(home, '2'));
  const before = new Set(manifest.samples.map(({ file }) => file));
  expect(heldOut(next).filter((file) => before.has(file))).toEqual(heldOut(manifest));
  const named = await grown(folder, folderOf, join(home, '3'), { '3': 'disc' });
  expect(named.classes.map(({ label, written }) => `${label} ${written}`)).toEqual(['0 0', 'disc 1, 2, 3']);
  const without = await grown(folder, folderOf, join(home, '4'), { '3': null });
  expect(without.labels).toEqual(['0', 'disc']);
  expect(without.classes[1].pixels).toBe(next.classes[1].pixels);
});

test('what is there already is no news; a picture that is there with another mask is a question', async () => {
  const { root, home, folder } = await first();
  await expect(grown(folder, root, join(home, '2'))).rejects.toThrow(
    /no new pictures to add\. 20 were left out.*already, as images\/p0\.png/,
  );
  const changed = join(temporaryFolder(), 'changed');
  cpSync(root, changed, { recursive: true });
  writeAt(changed, 'masks/p4.png', valuesPng(16, 16, new Uint8Array(256).fill(2), 4, PALETTE));
  cpSync(
    more(() => stripes(16, 16, 3), 1),
    changed,
    { recursive: true },
  );
  const next = await grown(folder, changed, join(home, '2'));
  expect(next.count).toBe(21);
  expect(next.leftOut.find(({ kind }) => kind === 'label-conflict')).toMatchObject({
    file: 'images/p4.png',
    message: 'Its picture is in this data set already, as images/p4.png, with another mask. If this mask is right, drop that one first.',
  });
});

test('masks that say their classes otherwise than those there, and pictures without masks, are refused by name', async () => {
  const { home, folder } = await first();
  const colours = maskFolder({
    count: 2,
    write: (w, h, values) =>
      pngBytes({ width: w, height: h, values: Uint8Array.from({ length: 3 * w * h }, (_, i) => (i % 3) * values[Math.floor(i / 3)] * 90) }),
  });
  await expect(grown(folder, colours, join(home, '2'))).rejects.toThrow(/It says its classes by colours/);
  await expect(grown(folder, tinyImageFolder(), join(home, '2'))).rejects.toThrow(/no masks are found/);
  expect(readdirSync(home)).toEqual(['1']);
});
