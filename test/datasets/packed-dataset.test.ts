// Reading by index gives the same bytes from memory and from the disk; a damaged version is named, not read.
import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { openDataset } from '#datasets/packed-dataset';
import { thumbnails } from '#datasets/thumbnails';
import { verifyDataset } from '#datasets/verify-dataset';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const OPTIONS = { width: 12, height: 10, channels: 3 } as const;
const BYTES = 12 * 10 * 3;

async function version(perClass = 10): Promise<string> {
  const into = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['cat', 'dog'], perClass), OPTIONS, into);
  return into;
}

describe.each([
  ['from memory', 256e6],
  ['from the disk', 0],
])('reads %s', (_, inMemoryBytes) => {
  test('any indices in any order, repeated ones too, and the whole of it', async () => {
    const folder = await version();
    const all = readFileSync(join(folder, 'samples.bin'));
    const dataset = await openDataset(folder, inMemoryBytes);
    onTestFinished(() => dataset.close());
    for (const indices of [[], [3], [19, 0, 7], [4, 5, 6], [6, 5, 4, 12], [2, 2, 3, 2], Array.from({ length: 20 }, (__, i) => i)]) {
      const expected = Buffer.concat(indices.map((i) => all.subarray(i * BYTES, (i + 1) * BYTES)));
      expect(Buffer.from(dataset.read(indices)).equals(expected), String(indices)).toBe(true);
      expect(Buffer.from(dataset.read(Int32Array.from(indices))).equals(expected), String(indices)).toBe(true);
    }
  });

  test('into a buffer that is given, and refuses one that is too short or an index that is not there', async () => {
    const dataset = await openDataset(await version(), inMemoryBytes);
    onTestFinished(() => dataset.close());
    const buffer = new Uint8Array(5 * BYTES);
    const read = dataset.read([1, 8], buffer);
    expect(read.buffer).toBe(buffer.buffer);
    expect(read).toEqual(dataset.read([1, 8]));
    expect(() => dataset.read([0, 1, 2, 3, 4, 5], buffer)).toThrow(/need/);
    for (const index of [-1, 20, Number.NaN]) expect(() => dataset.read([index])).toThrow(/does not exist/);
  });
});

test('what was closed is not read from the disk', async () => {
  const dataset = await openDataset(await version(), 0);
  dataset.close();
  dataset.close();
  expect(() => dataset.read([0])).toThrow(/closed/);
});

describe('names what is wrong with a version', () => {
  test.each([
    ['no folder', (folder: string) => `${folder}-gone`, /no folder/],
    ['a short samples.bin', (folder: string) => (truncateSync(join(folder, 'samples.bin'), 5), folder), /5 bytes instead of 7200/],
    [
      'a manifest that is no JSON',
      (folder: string) => (writeFileSync(join(folder, 'manifest.json'), '{'), folder),
      /manifest.json is damaged/,
    ],
    ['a manifest of nothing', (folder: string) => (writeFileSync(join(folder, 'manifest.json'), 'null'), folder), /is no manifest/],
    ['a newer format', (folder: string) => changed(folder, { format: 2 }), /format 2/],
    ['a wrong count', (folder: string) => changed(folder, { count: 3 }), /lists 20 samples and counts 3/],
    ['a label that does not exist', (folder: string) => changed(folder, { labels: ['cat'] }), /without a known label/],
    ['a sample that is none', (folder: string) => changed(folder, { samples: Array.from({ length: 20 }, () => null) }), /known label/],
  ])('%s', async (_, damage, words) => {
    await expect(openDataset(damage(await version()))).rejects.toThrow(words);
  });

  test('a changed byte is found by verifying', async () => {
    const folder = await version();
    await expect(verifyDataset(folder)).resolves.toBeUndefined();
    const path = join(folder, 'samples.bin');
    const byte = readFileSync(path)[1234];
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.from([byte ^ 1]), 0, 1, 1234);
    closeSync(file);
    await expect(verifyDataset(folder)).rejects.toThrow(/not what was imported/);
  });
});

test('thumbnails are samples of each class, spread over it', async () => {
  const folder = await version();
  const shown = await thumbnails(folder, 3);
  expect(shown.map(({ label, file }) => `${label} ${file}`)).toEqual([
    'cat cat/0.png',
    'cat cat/3.png',
    'cat cat/6.png',
    'dog dog/0.png',
    'dog dog/3.png',
    'dog dog/6.png',
  ]);
  const dataset = await openDataset(folder);
  onTestFinished(() => dataset.close());
  expect(shown[4].pixels).toEqual(dataset.read([13]));
  expect(await thumbnails(folder, 99)).toHaveLength(20);
});

function changed(folder: string, change: object): string {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
  return folder;
}
