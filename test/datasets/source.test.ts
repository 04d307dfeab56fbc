// What was chosen is taken for what it is: pictures, a list of pictures, or a table; and a changed version is found, whatever it holds.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleFolder } from '#datasets/sample-folder';
import { checkSource, importSource, verifySource } from '#datasets/source';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const LISTED = `id,species,weight\n${Array.from({ length: 12 }, (_, i) => `dog${i},${i % 2 ? 'poodle' : 'boxer'},${(i * 1.7).toFixed(1)}\n`).join('')}`;

function listFolder(text = LISTED): { folder: string; table: string } {
  const folder = temporaryFolder();
  writeAt(folder, 'dogs.csv', text);
  return { folder, table: join(folder, 'dogs.csv') };
}

describe('a table', () => {
  test('that names pictures beside it is a list of pictures; without them it is what is learnt from', async () => {
    const { folder, table } = listFolder();
    expect(await checkSource(table)).toMatchObject({ kind: 'table', target: 'species' });
    for (let i = 0; i < 12; i++) writeAt(folder, `photos/dog${i}.png`, pngBytes({ seed: i }));
    expect(await checkSource(table)).toMatchObject({ kind: 'image-classes', pictures: 12, layout: 'listed' });
    expect(await checkSource(folder)).toMatchObject({ kind: 'image-classes', pictures: 12 });
  });

  test('whose pictures are not there says so', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i}.png,${i % 2 ? 'cat' : 'dog'}\n`).join('');
    const { blocking } = await checkSource(listFolder(`file,label\n${rows}`).table);
    expect(blocking).toEqual([
      'The pictures that "file" names are not there. Put the table into the folder of the pictures, and choose it again.',
    ]);
  });

  test('alone in its folder is found there, and is not where there are pictures', async () => {
    expect(await checkSource(sampleFolder('diabetes'))).toMatchObject({ kind: 'table', name: 'diabetes', target: 'progression' });
    const root = tinyImageFolder();
    writeAt(root, 'notes.csv', 'a,b\n1,2\n');
    expect(await checkSource(root)).toMatchObject({ kind: 'image-classes' });
  });
});

test.each(['sheet.xlsx', 'sheet.XLS', 'sheet.ods', 'big.parquet'])('%s is refused with the way out', async (name) => {
  const folder = temporaryFolder();
  writeAt(folder, name, 'PK\u0003\u0004');
  await expect(checkSource(join(folder, name))).rejects.toThrow(/as CSV, and choose that file/);
});

test('what is said of the other kind of data is refused', async () => {
  await expect(checkSource(tinyImageFolder(), { table: { kind: 'table', target: 'x' } })).rejects.toThrow(/these are pictures/);
  await expect(checkSource(listFolder().table, { kind: 'segmentation' })).rejects.toThrow(/this is a table/);
  const both = { kind: 'segmentation', labelPattern: '{label}' } as const;
  await expect(checkSource(tinyImageFolder(), both)).rejects.toThrow(/nothing to read from names/);
  await expect(checkSource(listFolder().table, { labelPattern: '{label}' })).rejects.toThrow(/this is a table/);
});

test('a byte that changed is found', async () => {
  const folder = join(temporaryFolder(), 'version');
  const manifest = await importSource(sampleFolder('penguins'), { kind: 'table' }, folder);
  await verifySource(folder, manifest);
  for (const name of ['samples.bin', 'targets.bin', 'rows.bin']) {
    const path = join(folder, name);
    const whole = readFileSync(path);
    const changed = Buffer.from(whole);
    // Another class, another number, another key (behind the row's line, which nothing depends on).
    if (name === 'targets.bin') changed.writeDoubleLE(1, 0);
    else changed[5] ^= 1;
    writeFileSync(path, changed);
    await expect(verifySource(folder, manifest)).rejects.toThrow(/its content is not what was imported/);
    writeFileSync(path, whole);
  }
  await verifySource(folder, manifest);
});
