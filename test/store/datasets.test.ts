// Data set versions: kept once per content, hidden and brought back.
import { expect, test } from 'vitest';
import { addDataset, deleteDataset, findDataset, getDataset, listDatasets, restoreDataset } from '#store/datasets';
import { fromStored, foldersIn, dataFolder, toStored } from '#store/location';
import { createRun } from '#store/runs';
import { getRun } from '#store/run-detail';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { manifest, openTestStore } from './samples';
import path from 'node:path';

test('a version is read back as it was written', () => {
  const db = openTestStore();
  addDataset(db, { id: 'd1', manifest, folder: 'datasets/d1', bytesOnDisk: 128, sample: 'digits' });
  expect(listDatasets(db)).toEqual([
    {
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
      sample: 'digits',
    },
  ]);
  expect(getDataset(db, 'd1').folder).toBe('datasets/d1');
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
