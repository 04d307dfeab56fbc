// What a check of the history tells of a table: its target, columns and categories are names that a log may hold.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TableManifest } from '#shared/table';
import { addDataset } from '#store/datasets';
import { checkHistory } from '#store/examine';
import { foldersIn } from '#store/location';
import { manifest } from './sample-values';
import { openTestStore, temporaryFolder } from './samples';

const { contentHash, createdAt, leftOut } = manifest;
const patients: TableManifest = {
  format: 1,
  kind: 'table',
  name: 'patients',
  contentHash,
  createdAt,
  leftOut,
  labels: ['ill', 'well'],
  count: 2,
  ownSplit: false,
  task: 'classification',
  target: 'tumour found',
  file: { separator: ',', encoding: 'utf-8', decimal: '.', header: true },
  columns: [
    { kind: 'number', name: 'dose of A7', missing: 0, origin: 0, flag: false },
    { kind: 'category', name: 'ward', missing: 0, categories: ['Station Nord', 'Süd'], other: false, ownMissing: false },
  ],
  columnsLeftOut: [{ name: 'insurance number', reason: 'Every row has another.' }],
};

test('names of columns and categories are told, the target’s also where the version is gone', () => {
  const folders = foldersIn(temporaryFolder());
  const db = openTestStore(folders.database);
  addDataset(db, { id: 'p', manifest: patients, folder: 'datasets/p', bytesOnDisk: 1 });
  addDataset(db, {
    id: 'gone',
    manifest: { ...patients, contentHash: 'b'.repeat(64), target: 'outcome' },
    folder: 'datasets/gone',
    bytesOnDisk: 1,
  });
  mkdirSync(path.join(folders.datasets, 'p'), { recursive: true });
  writeFileSync(path.join(folders.datasets, 'p', 'manifest.json'), JSON.stringify(patients));
  expect(checkHistory(folders.database).names).toEqual(
    expect.arrayContaining(['tumour found', 'outcome', 'dose of A7', 'ward', 'Station Nord', 'Süd', 'insurance number']),
  );
});
