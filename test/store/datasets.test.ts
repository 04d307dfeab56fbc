// Data set versions: kept once per content, hidden and brought back.
import { expect, test } from 'vitest';
import {
  addDataset,
  deleteDataset,
  findDataset,
  getDataset,
  listDatasets,
  markFreed,
  nextVersion,
  restoreDataset,
  reviveVersion,
  runsNeeding,
  unneededDatasets,
} from '#store/datasets';
import { fromStored, foldersIn, dataFolder, toStored } from '#store/location';
import { addQueued, removeQueued } from '#store/queue';
import { createRun, deleteRun, listRuns } from '#store/runs';
import type { VersionDifference } from '#shared/version-difference';
import { getRun } from '#store/run-detail';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { PictureManifest } from '#shared/dataset';
import type { SegmentationManifest } from '#shared/segmentation';
import type { TableManifest } from '#shared/table';
import { manifest, openTestStore } from './samples';
import path from 'node:path';

test('a version is read back as it was written', () => {
  const db = openTestStore();
  addDataset(db, { id: 'd1', manifest, folder: 'datasets/d1', bytesOnDisk: 128, sample: 'digits' });
  expect(listDatasets(db)).toEqual([
    {
      kind: 'image-classes',
      id: 'd1',
      name: 'digits',
      contentHash: manifest.contentHash,
      labels: ['0', '1'],
      width: 8,
      height: 8,
      channels: 1,
      count: 2,
      leftOut: 1,
      ownSplit: false,
      bytesOnDisk: 128,
      createdAt: manifest.createdAt,
      series: 'd1',
      version: 1,
      sample: 'digits',
    },
  ]);
  expect(getDataset(db, 'd1').folder).toBe('datasets/d1');
});

test('a table is read back as what it is', () => {
  const db = openTestStore();
  const table: TableManifest = {
    format: 1,
    kind: 'table',
    name: 'penguins',
    contentHash: 'b'.repeat(64),
    labels: ['Adelie', 'Gentoo'],
    count: 344,
    ownSplit: false,
    leftOut: [],
    createdAt: manifest.createdAt,
    task: 'classification',
    target: 'species',
    file: { separator: ',', encoding: 'utf-8', decimal: '.', header: true },
    columns: [{ kind: 'number', name: 'body_mass_g', missing: 2, origin: 0, flag: true }],
    columnsLeftOut: [],
  };
  addDataset(db, { id: 't1', manifest: table, folder: 'datasets/t1', bytesOnDisk: 128 });
  const { name, contentHash, labels, count, ownSplit, createdAt, task, target } = table;
  expect(listDatasets(db)).toEqual([
    {
      kind: 'table',
      id: 't1',
      columns: 1,
      leftOut: 0,
      bytesOnDisk: 128,
      series: 't1',
      version: 1,
      ...{ name, contentHash, labels, count, ownSplit, createdAt, task, target },
    },
  ]);
});

test('pictures with masks are read back as what they are, and so is a run on them', () => {
  const db = openTestStore();
  const classes = ['ground', 'tree'].map((label, i) => ({ label, written: String(i), pixels: 64, pictures: 2 }));
  const masked: SegmentationManifest = {
    ...(manifest as PictureManifest),
    kind: 'segmentation',
    labels: ['ground', 'tree'],
    coding: 'numbers',
    classes,
  };
  addDataset(db, { id: 'm1', manifest: masked, folder: 'datasets/m1', bytesOnDisk: 192 });
  expect(listDatasets(db)).toMatchObject([
    { kind: 'segmentation', id: 'm1', labels: ['ground', 'tree'], width: 8, height: 8, channels: 1 },
  ]);
  createRun(db, { id: 'r1', spec: DEFAULT_SPEC, folder: 'runs/r1', datasetId: 'm1', datasetName: 'trees' });
  createRun(db, { id: 'r2', spec: DEFAULT_SPEC, folder: 'runs/r2', datasetName: 'elsewhere' });
  expect(listRuns(db).map(({ id, sort }) => `${id} ${sort}`)).toEqual(expect.arrayContaining(['r1 masks', 'r2 pictures']));
});

test('the same content is one version', () => {
  const db = openTestStore();
  addDataset(db, { id: 'd1', manifest, folder: 'a', bytesOnDisk: 1 });
  expect(() => addDataset(db, { id: 'd2', manifest, folder: 'b', bytesOnDisk: 1 })).toThrow(/UNIQUE/);
  expect(findDataset(db, manifest.contentHash)?.summary.id).toBe('d1');
  expect(findDataset(db, 'other')).toBeUndefined();
});

test('a deleted version is hidden, still serves its runs, and comes back', () => {
  const db = openTestStore();
  addDataset(db, { id: 'd1', manifest, folder: 'a', bytesOnDisk: 1 });
  createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'r', datasetId: 'd1', datasetName: 'digits' });
  deleteDataset(db, 'd1');
  expect(listDatasets(db)).toEqual([]);
  expect(getRun(db, 'r').datasetId).toBe('d1');
  expect(findDataset(db, manifest.contentHash)?.summary.id).toBe('d1');
  restoreDataset(db, 'd1');
  expect(listDatasets(db)).toHaveLength(1);
});

const difference: VersionDifference = { added: 3, dropped: 0, relabelled: [], renamed: [], merged: [], leftClasses: [] };

function twoVersions() {
  const db = openTestStore();
  addDataset(db, { id: 'd1', manifest, folder: 'a', bytesOnDisk: 1 });
  const next = { series: 'd1', difference };
  addDataset(db, { id: 'd2', manifest: { ...manifest, contentHash: 'b'.repeat(64) }, folder: 'b', bytesOnDisk: 1, next });
  return db;
}
const shown = (db: ReturnType<typeof openTestStore>) => listDatasets(db).map(({ id, series, version }) => `${id} ${series} ${version}`);

test('a version made from another is the next of its data set, and both go and come back together', () => {
  const db = twoVersions();
  expect(shown(db).sort()).toEqual(['d1 d1 1', 'd2 d1 2']);
  expect(getDataset(db, 'd2').summary.difference).toEqual(difference);
  expect(getDataset(db, 'd1').summary).not.toHaveProperty('difference');
  expect(nextVersion(db, 'd1')).toBe(3);
  deleteDataset(db, 'd2');
  expect(shown(db)).toEqual([]);
  restoreDataset(db, 'd1');
  expect(shown(db)).toHaveLength(2);
});

test('a freed version stays away from an undo, keeps its number, and comes back with its content', () => {
  const db = twoVersions();
  markFreed(db, 'd2');
  expect(shown(db)).toEqual(['d1 d1 1']);
  restoreDataset(db, 'd1');
  expect(shown(db)).toEqual(['d1 d1 1']);
  expect(nextVersion(db, 'd1')).toBe(3);
  reviveVersion(db, 'd2');
  expect(shown(db)).toHaveLength(2);
});

test('a run in the history, or one that waits, keeps its version; without one a removed version is unneeded', () => {
  const db = twoVersions();
  createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'r', datasetId: 'd1', datasetName: 'digits', name: 'my run' });
  expect([runsNeeding(db, 'd1'), runsNeeding(db, 'd2')]).toEqual([['my run'], []]);
  expect(unneededDatasets(db)).toEqual([]);
  deleteDataset(db, 'd1');
  expect(unneededDatasets(db).map(({ summary }) => summary.id)).toEqual(['d2']);
  db.run(`UPDATE runs SET state = 'completed'`);
  deleteRun(db, 'r');
  expect(
    unneededDatasets(db)
      .map(({ summary }) => summary.id)
      .sort(),
  ).toEqual(['d1', 'd2']);
  addQueued(db, { id: 'q', datasetId: 'd1', spec: DEFAULT_SPEC });
  expect(unneededDatasets(db).map(({ summary }) => summary.id)).toEqual(['d2']);
  removeQueued(db, 'q');
  markFreed(db, 'd2');
  expect(unneededDatasets(db).map(({ summary }) => summary.id)).toEqual(['d1']);
});

test('an unknown version is said so', () => {
  const db = openTestStore();
  expect(() => deleteDataset(db, 'nothing')).toThrow('not in the list');
  expect(() => createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'r', datasetId: 'nothing', datasetName: 'x' })).toThrow(/FOREIGN KEY/);
});

test('folders inside the data folder are kept relative, others as they are', () => {
  const root = path.resolve('/home/ann/Overbatch');
  expect(toStored(root, path.join(root, 'runs', 'x'))).toBe('runs/x');
  expect(toStored(root, path.resolve('/mnt/big/x'))).toBe(path.resolve('/mnt/big/x'));
  expect(fromStored(path.resolve('/elsewhere'), 'runs/x')).toBe(path.resolve('/elsewhere/runs/x'));
  expect(fromStored(root, path.resolve('/mnt/big/x'))).toBe(path.resolve('/mnt/big/x'));
});

test('the data folder is where the platform keeps such things, or where it is told', () => {
  expect(dataFolder({ XDG_CONFIG_HOME: '/config' }, 'linux')).toBe(path.join('/config', 'Overbatch'));
  expect(dataFolder({ APPDATA: '/roaming' }, 'win32')).toBe(path.join('/roaming', 'Overbatch'));
  expect(dataFolder({}, 'darwin')).toMatch(/Library.Application Support.Overbatch$/);
  expect(dataFolder({ OVERBATCH_DATA: '/big', XDG_CONFIG_HOME: '/config' }, 'linux')).toBe(path.resolve('/big'));
  expect(foldersIn('/big').runs).toBe(path.join('/big', 'runs'));
});
