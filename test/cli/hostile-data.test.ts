// A picture at which the decoder crashes or hangs ends neither `data check` and `data import` nor `train --data`: it is named and left out.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { dataCommand } from '#cli/data';
import { importData } from '#cli/import-host';
import { prepareData } from '#cli/prepare-data';
import { readManifest } from '#datasets/manifest';
import { verifyDataset } from '#datasets/verify-dataset';
import { buildProgram } from '#test/support/build-program';
import { buildSabotagedImporter, sabotaged, sabotagedPng } from '#test/support/hostile/sabotage';
import { colourPng, maskFolder, stripes } from '#test/support/masks';
import { tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const BAD = 'cat/4-crash.png';
let hostile: string;
let whole: string;
let printed: string[];

beforeAll(async () => {
  hostile = await buildSabotagedImporter('cli');
  whole = await buildProgram('src/datasets/process.ts', 'importer-cli');
});
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.stubEnv('OVERBATCH_IMPORTER', hostile);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function folderWithCrash(): string {
  const folder = tinyImageFolder(['cat', 'dog'], 8);
  writeAt(folder, BAD, sabotagedPng('crash', 90));
  return folder;
}

test('data check names it, data import leaves it out and nothing of itself behind', async () => {
  const [folder, sets] = [folderWithCrash(), temporaryFolder()];
  expect(await dataCommand(['check', folder])).toBe(0);
  expect(printed.join('\n')).toContain(`${BAD}: The decoder crashed at this picture.`);
  const out = join(sets, 'set');
  expect(await dataCommand(['import', folder, '--out', out])).toBe(0);
  expect(await readManifest(out)).toMatchObject({ count: 16, leftOut: [{ file: BAD, kind: 'unreadable' }] });
  await verifyDataset(out);
  expect(readdirSync(sets)).toEqual(['set']);
});

test('a mask at which it crashes is named, and left out with its picture', async () => {
  const [folder, sets] = [maskFolder({ count: 6, write: colourPng }), temporaryFolder()];
  writeAt(folder, 'masks/p2.png', sabotaged('crash', colourPng(16, 16, stripes(16, 16, 2))));
  expect(await dataCommand(['check', folder])).toBe(0);
  expect(printed.join('\n')).toContain('masks/p2.png: The decoder crashed at this picture.');
  const out = join(sets, 'set');
  expect(await dataCommand(['import', folder, '--out', out])).toBe(0);
  expect(await readManifest(out)).toMatchObject({
    kind: 'segmentation',
    count: 5,
    leftOut: [{ file: 'masks/p2.png', kind: 'unreadable' }],
  });
  await verifyDataset(out);
  expect(readdirSync(sets)).toEqual(['set']);
});

test('train --data says that it is left out, and packs the rest', async () => {
  const said: string[] = [];
  const out = temporaryFolder();
  const data = await prepareData(folderWithCrash(), out, { say: (line) => said.push(line), signal: new AbortController().signal });
  expect(said).toEqual([`Left out ${BAD}: The decoder crashed at this picture. Save it anew in another program, or leave it out.`]);
  expect(await readManifest(data)).toMatchObject({ count: 16 });
  expect(readdirSync(out)).toEqual(['data']);
});

test('stopped while a decoder hangs, it ends at once and leaves nothing behind', async () => {
  const [folder, sets] = [tinyImageFolder(['cat', 'dog'], 8), temporaryFolder()];
  writeAt(folder, 'cat/4-spin.png', sabotagedPng('spin', 91));
  const stop = new AbortController();
  const onProgress = (): void => stop.abort();
  const importing = importData(folder, { width: 8, height: 8, channels: 3 }, join(sets, 'set'), { onProgress, signal: stop.signal });
  await expect(importing).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(readdirSync(sets)).toEqual([]);
});

test('control: with the decoder that ships the same picture is read', async () => {
  vi.stubEnv('OVERBATCH_IMPORTER', whole);
  const out = join(temporaryFolder(), 'set');
  expect(await dataCommand(['import', folderWithCrash(), '--out', out])).toBe(0);
  expect(await readManifest(out)).toMatchObject({ count: 17, leftOut: [] });
});
