// One version made from another: what it holds, what it costs on the disk, and that the same content is the same version however it came about.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { openDataset } from '#datasets/packed-dataset';
import { splitIndices } from '#datasets/split';
import { verifyDataset } from '#datasets/verify-dataset';
import { differenceBetween } from '#datasets/versions/difference';
import { editVersion } from '#datasets/versions/edit-version';
import { growVersion } from '#datasets/versions/grow-version';
import type { PackedPictures } from '#shared/dataset';
import type { DatasetEdits } from '#shared/dataset-edits';
import { differenceSentence } from '#shared/version-difference';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const OPTIONS = { width: 12, height: 10, channels: 3 } as const;

async function first(classes = ['cat', 'dog', 'fox'], perClass = 10) {
  const [root, home] = [tinyImageFolder(classes, perClass), temporaryFolder()];
  const folder = join(home, '1');
  return { root, home, folder, manifest: await importFolder(root, OPTIONS, folder) };
}

const placeOf = ({ samples }: PackedPictures, file: string) => samples.findIndex((sample) => sample.file === file);
const labelOf = ({ labels, samples }: PackedPictures, file: string) => labels[samples[placeOf({ samples } as PackedPictures, file)]?.label];
const said = (before: PackedPictures, after: PackedPictures) => differenceSentence(differenceBetween(before, after));

async function bytesOf(folder: string, manifest: PackedPictures) {
  const dataset = await openDataset(folder, 0);
  onTestFinished(() => dataset.close());
  return new Map(manifest.samples.map(({ file }, i) => [file, Buffer.from(dataset.read([i])).toString('hex')]));
}

test('relabelling is a version that shares every byte on the disk, and its difference is told by class', async () => {
  const { home, folder, manifest } = await first();
  const cats = ['cat/0.png', 'cat/1.png', 'cat/2.png'].map((file) => placeOf(manifest, file));
  const dogs = ['dog/4.png', 'dog/5.png'].map((file) => placeOf(manifest, file));
  const edits = {
    relabel: [
      { samples: cats, label: 'dog' },
      { samples: dogs, label: 'wolf' },
    ],
  };
  const next = await editVersion(folder, edits, join(home, '2'));
  expect(said(manifest, next)).toBe('5 relabelled: 3 cat → dog, 2 dog → wolf');
  expect(next.labels).toEqual(['cat', 'dog', 'fox', 'wolf']);
  expect([labelOf(next, 'cat/0.png'), labelOf(next, 'dog/4.png'), labelOf(next, 'fox/0.png')]).toEqual(['dog', 'wolf', 'fox']);
  expect(statSync(join(home, '2/samples.bin')).ino).toBe(statSync(join(folder, 'samples.bin')).ino);
  await verifyDataset(join(home, '2'));
  expect(next.contentHash).not.toBe(manifest.contentHash);
});

test('dropping and merging keep the bytes of the rest, list what left, and move nothing in the split', async () => {
  const { home, folder, manifest } = await first();
  const before = await bytesOf(folder, manifest);
  const next = await editVersion(folder, { classes: { fox: 'dog' }, drop: [0, 7, 29] }, join(home, '2'));
  expect(said(manifest, next)).toBe('merged: fox into dog (9); 3 dropped');
  expect(next.leftOut.map(({ file }) => file)).toEqual(['cat/0.png', 'cat/7.png', 'fox/9.png']);
  const after = await bytesOf(join(home, '2'), next);
  expect(after.size).toBe(27);
  for (const [file, bytes] of after) expect(bytes, file).toBe(before.get(file));
  await verifyDataset(join(home, '2'));
  const held = (of: PackedPictures) => [...splitIndices(of, { validationShare: 0.3, seed: 1 }).validation].map((i) => of.samples[i].file);
  const gone = new Set(['cat/0.png', 'cat/7.png', 'fox/9.png']);
  expect(held(next)).toEqual(held(manifest).filter((file) => !gone.has(file)));
});

test('adding decodes only what is new, says what was there already, and gives a taken name a longer one', async () => {
  const { root, home, folder, manifest } = await first();
  const more = temporaryFolder();
  for (let i = 0; i < 4; i++) writeAt(more, `cat/new-${i}.png`, pngBytes({ seed: 900 + i }));
  writeAt(more, 'cat/0.png', pngBytes({ seed: 990 }));
  mkdirSync(join(more, 'owl'));
  copyFileSync(join(root, 'dog/3.png'), join(more, 'owl/there.png'));
  copyFileSync(join(root, 'cat/3.png'), join(more, 'cat/again.png'));
  writeAt(more, 'owl/1.png', pngBytes({ seed: 991 }));
  const next = await growVersion(folder, { folder: more, options: {}, since: 2 }, join(home, '2'));
  expect(said(manifest, next)).toBe('6 added');
  expect(next.labels).toEqual(['cat', 'dog', 'fox', 'owl']);
  const taken = next.samples.filter(({ file }) => file.endsWith('cat/0.png')).map(({ file }) => file);
  expect(taken).toEqual(['cat/0.png', `${more.split('/').at(-1)}/cat/0.png`]);
  const leftOut = new Map(next.leftOut.map(({ file, message }) => [file, message]));
  expect(leftOut.get('cat/again.png')).toBe('It is in this data set already, as cat/3.png.');
  expect(leftOut.get('owl/there.png')).toMatch(/already, in "dog" as dog\/3.png. If "owl" is right, relabel it there/);
  const [before, after] = [await bytesOf(folder, manifest), await bytesOf(join(home, '2'), next)];
  for (const [file, bytes] of before) expect(after.get(file)).toBe(bytes);
  await verifyDataset(join(home, '2'));
  const again = growVersion(join(home, '2'), { folder: more, options: {}, since: 3 }, join(home, '3'));
  await expect(again).rejects.toThrow(/There are no new pictures to add/);
  expect(readdirSync(home).sort()).toEqual(['1', '2']);
});

test('the same content is the same version: undone by hand, or dropped and added again', async () => {
  const { root, home, folder, manifest } = await first();
  await editVersion(folder, { relabel: [{ samples: [0, 1], label: 'dog' }] }, join(home, '2'));
  const undone = await editVersion(join(home, '2'), { relabel: [{ samples: [0, 1], label: 'cat' }] }, join(home, '3'));
  expect(undone.contentHash).toBe(manifest.contentHash);
  await editVersion(folder, { drop: [4] }, join(home, '4'));
  const back = await growVersion(join(home, '4'), { folder: root, options: {}, since: 5 }, join(home, '5'));
  expect(back.contentHash).toBe(manifest.contentHash);
  expect(back.departed).toEqual([]);
});

test('a version of rule 1 has its next one split as it was', async () => {
  const { home, folder, manifest } = await first();
  const old = {
    ...manifest,
    rule: undefined,
    sizes: undefined,
    samples: manifest.samples.map(({ file, label, split }) => ({ file, label, split })),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(old));
  const split = (of: PackedPictures) => splitIndices(of, { validationShare: 0.2, seed: 4 });
  const next = await editVersion(folder, { relabel: [{ samples: [3], label: 'dog' }] }, join(home, '2'));
  expect(split(next)).toEqual(split(old));
  expect(split(next)).not.toEqual(split(manifest));
  await verifyDataset(join(home, '2'));
});

test('what cannot be a data set is refused by name, and nothing is left of it', async () => {
  const { home, folder } = await first(['cat', 'dog'], 4);
  const refused: [DatasetEdits, RegExp][] = [
    [{ classes: { dog: 'cat' } }, /only one class/],
    [{ classes: { dog: null, cat: null } }, /no class/],
    [{ drop: [99] }, /no picture 99/],
    [{ relabel: [{ samples: [0, 1, 2, 3], label: 'dog' }] }, /only one class/],
  ];
  for (const [edits, words] of refused) await expect(editVersion(folder, edits, join(home, '2'))).rejects.toThrow(words);
  expect(readdirSync(home)).toEqual(['1']);
});

test('renaming, merging and leaving out at the import itself; groups are kept when asked for', async () => {
  const root = tinyImageFolder(['cat', 'kitten', 'dog', 'junk'], 3);
  writeAt(root, 'cat/anna/1.png', pngBytes({ seed: 70 }));
  writeAt(root, 'dog/anna/2.png', pngBytes({ seed: 71 }));
  const classes = { kitten: 'cat', dog: 'hound', junk: null };
  const folder = join(temporaryFolder(), 'v');
  const manifest = await importFolder(root, { ...OPTIONS, classes, keepGroups: true }, folder);
  expect(manifest.labels).toEqual(['cat', 'hound']);
  expect(manifest.count).toBe(11);
  expect(manifest.leftOut).toEqual([
    { file: 'junk', kind: 'left-out', message: 'The class was left out by you, with 3 pictures.', severity: 'error' },
  ]);
  expect(manifest.samples.filter(({ group }) => group !== undefined).map(({ file, group }) => `${file} ${group}`)).toEqual([
    'cat/anna/1.png anna',
    'dog/anna/2.png anna',
  ]);
  const written = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as PackedPictures;
  expect(written.contentHash).toBe(manifest.contentHash);
});
