// `data check|import|show` as a person types it: what is printed, and with which exit code.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { dataCommand } from '#cli/data';
import { importFolder } from '#datasets/import-folder';
import { readManifest } from '#datasets/manifest';
import { differenceBetween } from '#datasets/versions/difference';
import { editVersion } from '#datasets/versions/edit-version';
import { addDataset } from '#store/datasets';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { maskFolder } from '#test/support/masks';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes } from '#test/support/zip';

let printed: string[];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  printed.length = 0;
  const code = await dataCommand(args);
  return { code, text: printed.join('\n') };
}

test('the shipped sample is checked, imported, shown and verified', async () => {
  const out = join(temporaryFolder(), 'digits');
  expect(await run('check', 'sample:digits')).toMatchObject({
    code: 0,
    text: expect.stringContaining('Ready to be imported at 8 × 8 in grey.'),
  });
  const imported = await run('import', 'sample:digits', '--out', out, '--size', '16x12', '--colour');
  expect(imported.text).toBe(`Imported into ${out}: 10 classes, 1,797 pictures of 16 × 12 in colour, 1.04 MB.`);
  const shown = await run('show', out);
  expect(shown.text).toMatch(/^digits: 10 classes/);
  expect(shown.text).toMatch(/Content [0-9a-f]{64}, verified/);
});

test('pictures with masks are checked, their classes renamed, imported, shown and verified', async () => {
  const out = join(temporaryFolder(), 'shapes');
  const checked = await run('check', 'sample:shapes');
  expect(checked).toMatchObject({ code: 0, text: expect.stringContaining('Ready to be imported at 64 × 64 in grey.') });
  expect(checked.text).toMatch(/320 pictures with masks of 3 classes[^]*polygon {5}value 2 {2}\d\.\d % of the pixels, in \d+ pictures/);
  const imported = await run('import', 'sample:shapes', '--out', out, '--size', '32', '--classes', 'disc=thing,polygon=thing');
  expect(imported.text).toBe(`Imported into ${out}: 2 classes, 320 pictures with masks of 32 × 32 in grey, 655 kB.`);
  expect((await run('show', out)).text).toMatch(/thing {7}value 1, 2[^]*Content [0-9a-f]{64}, verified/);
  await expect(run('import', 'sample:shapes', '--out', out, '--classes', 'cube=thing')).rejects.toThrow(
    /renames no class; the classes are background, disc, polygon/,
  );
  expect((await run('check', 'sample:shapes', '--json')).text).not.toContain('previews');
});

test('masks with what is wrong with them are named in sentences; too few are an exit code above zero', async () => {
  const root = maskFolder({ count: 4 });
  writeAt(root, 'masks/p1.png', '');
  writeAt(root, 'images/alone.png', pngBytes({ width: 16, height: 16 }));
  const { code, text } = await run('check', root);
  expect(code).toBe(0);
  expect(text).toContain('Left out 2 files:');
  expect(text).toContain('  masks/p1.png: The file is empty (0 bytes).');
  expect(text).toContain('  images/alone.png: There is no mask for this picture.');
  const out = join(temporaryFolder(), 'set');
  expect((await run('import', root, '--out', out)).text).toMatch(
    /^Left out 2 files:[^]*2 classes, 3 pictures with masks of 16 × 16 in grey/,
  );
  expect((await run('list', out)).text).toMatch(/2 classes, 3 pictures with masks/);
  expect((await run('show', out)).text).toMatch(/object {6}value 1[^]*Left out when it was imported 2 files/);
  const none = maskFolder({ count: 2, classes: 1 });
  expect(await run('check', none)).toMatchObject({
    code: 1,
    text: expect.stringContaining('Not ready: All pixels of all masks have one value'),
  });
  await expect(run('import', none, '--out', join(out, '..', 'never'))).rejects.toThrow(/at least two classes/);
});

test('--kind says whether pictures have classes or masks; --groups whether groups stay together', async () => {
  const root = maskFolder({ count: 8, picture: (i) => `images/patient${i % 4}/${i}.png`, mask: (i) => `masks/patient${i % 4}/${i}.png` });
  const classes = await run('check', root, '--kind', 'classes');
  expect(classes.text).toMatch(/2 classes, 16 pictures[^]*images[^]*masks/);
  expect(classes.text).toMatch(
    /Look: The two folders look like pictures .* and their masks .* read them as pictures with masks: --kind masks\./,
  );
  const sets = temporaryFolder();
  expect((await run('import', root, '--out', join(sets, 'classes'), '--kind', 'classes')).text).toMatch(
    /^Look: The two folders[^]*2 classes, 16 pictures of/,
  );
  expect((await run('check', root)).text).toContain('4 groups, each kept on one side of the split (--groups mix says otherwise).');
  const groupsIn = async (name: string, ...words: string[]) => {
    await run('import', root, '--out', join(sets, name), ...words);
    const manifest = await readManifest(join(sets, name));
    if (manifest.kind !== 'segmentation') throw new Error(manifest.kind);
    return new Set(manifest.samples.map(({ group }) => group));
  };
  expect(await groupsIn('kept')).toEqual(new Set([0, 1, 2, 3].map((i) => `patient${i}`)));
  expect(await groupsIn('mixed', '--groups', 'mix')).toEqual(new Set([undefined]));
});

test('bad files are named, and a folder that is not ready is an exit code above zero', async () => {
  const root = tinyImageFolder(['cat']);
  writeAt(root, 'cat/bad\u001b[31m.png', 'bad');
  const { code, text } = await run('check', root);
  expect(code).toBe(1);
  expect(text).toContain('Left out 1 file:');
  expect(text).toContain('cat/bad\uFFFD[31m.png: The file is named like a picture');
  expect(text).toContain('Not ready: There is only one class folder');
  await expect(run('import', root, '--out', join(root, '..', 'never'))).rejects.toThrow(/only one class folder/);
});

test('an archive whose names carry the labels: checked, read by another pattern, imported, listed', async () => {
  const folder = temporaryFolder();
  const names = ['a1_cat', 'a2_cat', 'a3_dog', 'a4_dog'];
  writeAt(folder, 'pets.zip', zipBytes(names.map((name, i) => ({ name: `${name}.png`, data: pngBytes({ seed: 60 + i }) }))));
  const archive = join(folder, 'pets.zip');
  expect((await run('check', archive)).code).toBe(1);
  const checked = await run('check', archive, '--labels', '*_{label}');
  expect(checked).toMatchObject({
    code: 0,
    text: expect.stringContaining('2 classes, 4 pictures, no split found (labels from names like a1_cat.png: *_{label})'),
  });
  await expect(run('check', archive, '--labels', 'cat')).rejects.toThrow(/does not say where the label is/);
  const out = join(folder, 'sets', 'pets');
  expect((await run('import', archive, '--labels', '*_{label}', '--out', out)).text).toContain('2 classes, 4 pictures');
  expect((await run('list', join(folder, 'sets'))).text).toMatch(/sets.pets: 2 classes, 4 pictures/);
  expect((await run('list', folder)).text).toContain('There are no data sets');
});

test('a table: its columns with their rules, what gives the target away, another target, imported, shown', async () => {
  const out = join(temporaryFolder(), 'penguins');
  const checked = await run('check', 'sample:penguins');
  expect(checked.code).toBe(0);
  expect(checked.text).toContain('penguins: 344 rows, 8 columns, separator comma; target: species, 3 classes.');
  expect(checked.text).toMatch(/ {2}body_mass_g +from +number, 2 missing\. 2700 to 6300, mean 4202\. Standardized; where it is missing/);
  expect(checked.text).toContain('Ready to be imported: "species" is learnt as a class');
  expect((await run('check', 'sample:penguins', '--target', 'body_mass_g')).text).toContain('is learnt as a number');
  const words = ['--target', 'body_mass_g', '--leave-out', 'year,island', '--as', 'sex=category'];
  expect((await run('import', 'sample:penguins', '--out', out, ...words)).text).toContain(
    '342 rows, 5 columns to learn "body_mass_g" from, a number.',
  );
  const shown = (await run('show', out)).text;
  expect(shown).toMatch(/ {2}island +left out: you left it out/);
  expect(shown).toMatch(/Content [0-9a-f]{64}, verified/);
  expect((await run('list', join(out, '..'))).text).toContain('penguins: 342 rows, 5 columns');
});

test('--json prints lines, the last of which is the answer', async () => {
  const root = tinyImageFolder();
  const { text } = await run('check', root, '--json');
  const lines = text.split('\n').map((line) => JSON.parse(line) as { kind: string; report?: { pictures: number } });
  expect(lines[0].kind).toBe('progress');
  expect(lines.at(-1)).toMatchObject({ kind: 'checked', report: { pictures: 6 } });
});

test('the report of a check is written as csv', async () => {
  const root = tinyImageFolder();
  writeAt(root, 'cat/bad.png', 'bad');
  const file = join(temporaryFolder(), 'report.csv');
  await run('check', root, '--csv', file);
  const lines = readFileSync(file, 'utf8').split('\r\n');
  expect(lines[0]).toBe('decision,kind,file,message');
  expect(lines.some((line) => line.startsWith('left out,not-a-picture,cat/bad.png,'))).toBe(true);
  await expect(run('check', root, '--csv', join(root, 'no', 'such', 'folder.csv'))).rejects.toThrow();
});

test("the app's data sets are listed with their versions and shown by name", async () => {
  const home = temporaryFolder();
  vi.stubEnv('OVERBATCH_DATA', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await run('list')).text).toMatch(/^Nothing is imported yet/);
  const folders = foldersIn(home);
  const [first, second] = [join(folders.datasets, 'd1'), join(folders.datasets, 'd2')];
  const before = await importFolder(tinyImageFolder(), { width: 8, height: 8, channels: 3 }, first);
  const after = await editVersion(first, { relabel: [{ samples: [0], label: 'dog' }] }, second);
  const db = openStore(folders.database);
  addDataset(db, { id: 'd1', manifest: { ...before, name: 'pets' }, folder: 'datasets/d1', bytesOnDisk: 9 });
  const next = { series: 'd1', difference: differenceBetween(before, after) };
  addDataset(db, { id: 'd2', manifest: { ...after, name: 'pets' }, folder: 'datasets/d2', bytesOnDisk: 9, next });
  closeStore(db);
  expect((await run('list')).text.split('\n')).toEqual([
    'pets: 6 samples, 2 classes, 9 B',
    expect.stringMatching(/^ {2}version 2, \d{4}-\d\d-\d\d, 6 samples: 1 relabelled: 1 cat → dog$/),
    expect.stringMatching(/^ {2}version 1, .*: imported$/),
  ]);
  expect((await run('show', 'pets')).text).toContain(after.contentHash);
  expect((await run('show', 'pets@1')).text).toContain(before.contentHash);
  await expect(run('show', 'pets@3')).rejects.toThrow(/no version 3.*It has 1, 2/);
});

test('what was packed into a folder is shown by its name from the folder above, and by the name of its source', async () => {
  const root = temporaryFolder();
  await run('import', tinyImageFolder(['cat', 'dog'], 3, join(root, 'photos')), '--out', join(root, 'sets', 'pets'));
  const before = process.cwd();
  process.chdir(root);
  onTestFinished(() => process.chdir(before));
  for (const name of ['pets', 'photos', 'sets/pets']) expect((await run('show', name)).text).toMatch(/^photos: 2 classes, 6 pictures/);
  await expect(run('show', './photos')).rejects.toThrow(/photos cannot be used as data: it is not packed/);
  cpSync(join(root, 'sets', 'pets'), join(root, 'again'), { recursive: true });
  await expect(run('show', 'photos')).rejects.toThrow(/Several data sets are called "photos".*Say which folder/);
});

describe('says what is wrong with a command', () => {
  test.each([
    [[], /Say what to do/],
    [['check'], /Say which folder/],
    [['burn', 'x'], /"data burn" is not a command/],
    [['check', 'a', 'b'], /one word too many/],
    [['check', '--size'], /--size/],
    [['check', 'sample:cats'], /no sample "cats".*digits/],
    [['check', '/nowhere/at/all'], /no folder/],
    [['import', 'sample:digits'], /--out/],
    [['import', 'sample:digits', '--out', 'OUT', '--size', 'big'], /"big" is no picture size/],
    [['import', 'sample:digits', '--out', 'OUT', '--size', '2x9999'], /4 to 1024/],
    [['import', 'sample:digits', '--out', 'OUT', '--grey', '--colour'], /either/],
    [['show', '/nowhere/at/all'], /no folder/],
    [['show', 'nobody'], /No data set is called "nobody".*data show FOLDER/],
    [['check', 'sample:penguins', '--target', 'weight'], /no column "weight".*species, island/],
    [['check', 'sample:penguins', '--as', 'year=colour'], /"year=colour" is not that/],
    [['check', 'sample:penguins', '--separator', 'dot'], /comma, semicolon, tab, bar/],
    [['check', 'sample:digits', '--target', 'label'], /these are pictures/],
    [['import', 'sample:penguins', '--out', 'OUT', '--size', '8x8'], /Only pictures have a size/],
    [['import', 'sample:penguins', '--out', 'OUT', '--groups', 'mix'], /Only pictures have .*groups/],
    [['check', 'sample:penguins', '--kind', 'masks'], /this is a table/],
    [['check', 'sample:digits', '--kind', 'masks'], /no masks are found/],
    [['check', 'sample:digits', '--kind', 'boxes'], /--kind must be one of: classes, masks/],
    [['check', 'sample:shapes', '--kind', 'masks', '--labels', '{label}_*'], /nothing to read from names/],
    [['import', 'sample:shapes', '--out', 'OUT', '--groups', 'keep'], /no groups to keep together/],
    [['import', 'sample:shapes', '--out', 'OUT', '--groups', 'some'], /--groups must be one of: keep, mix/],
  ])('%j', async (args, words) => {
    const out = join(temporaryFolder(), 'out');
    await expect(run(...args.map((arg) => (arg === 'OUT' ? out : arg)))).rejects.toThrow(words);
    expect(existsSync(out)).toBe(false);
  });
});
