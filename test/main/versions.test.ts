// Versions through the questions the window asks: made, looked into, deleted, kept by runs.
import { existsSync, linkSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftovers } from '#main/leftovers';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { createRun } from '#store/runs';
import { eventually, startApp, value } from './app';

const RELABEL = { relabel: [{ samples: [0], label: 'x' }] };
const SPLIT = { validationShare: 0.2, seed: 1 };

test('an edit and an addition are the next versions of the same data set; the same edit again is the same version', async () => {
  const { ask, desktop, folders, root } = startApp();
  const first = await value(ask('importSample', 'digits'));
  const second = await value(ask('editDataset', first.id, RELABEL));
  expect(second).toMatchObject({ series: first.id, version: 2, difference: { added: 0 } });
  desktop.chosen = path.join(root, 'more');
  const { token } = (await value(ask('chooseFolder')))!;
  const third = await value(ask('addPictures', second.id, token, { width: 8, height: 8, channels: 1 }));
  expect(third).toMatchObject({ series: first.id, version: 3, difference: { added: 1 } });
  expect((await value(ask('editDataset', first.id, RELABEL))).id).toBe(second.id);
  expect(readdirSync(folders.datasets).sort()).toEqual([first.id, second.id, third.id].sort());
});

test('a version is deleted for good, with what that frees; one that a run needs is kept and the run named', async () => {
  const { ask, db, folders } = startApp();
  const first = await value(ask('importSample', 'digits'));
  const second = await value(ask('editDataset', first.id, RELABEL));
  createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'r', datasetId: first.id, datasetName: 'digits', name: 'my run' });
  expect(await value(ask('versionUse', first.id))).toEqual({ runs: ['my run'], freesBytes: 2 });
  const refused = await ask('deleteVersion', first.id);
  expect(refused).toMatchObject({ ok: false, sentence: 'The run “my run” needs this version. Delete it in the history first.' });
  // Bytes that another version shares do not come back.
  linkSync(path.join(folders.datasets, second.id, 'samples.bin'), path.join(folders.datasets, first.id, 'shared.bin'));
  expect(await value(ask('versionUse', second.id))).toEqual({ runs: [], freesBytes: 0 });
  expect(await value(ask('deleteVersion', second.id))).toEqual({ freedBytes: 0 });
  expect(readdirSync(folders.datasets)).toEqual([first.id]);
  expect((await value(ask('listDatasets'))).map(({ id }) => id)).toEqual([first.id]);
  expect((await value(ask('editDataset', first.id, RELABEL))).id).toBe(second.id);
  expect(await value(ask('listDatasets'))).toHaveLength(2);
});

test('what reads a version that is deleted ends first', async () => {
  const { ask, processes } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  await eventually(() => processes.alive).toBe(0);
  const asked = [ask('checkPieces', id, DEFAULT_SPEC), ask('forecastRun', id, DEFAULT_SPEC)];
  await value(ask('deleteVersion', id));
  for (const one of asked) expect(await one).toMatchObject({ failure: { kind: 'cancelled' } });
  const again = await value(ask('importSample', 'digits'));
  const plan = ask('planRun', again.id, DEFAULT_SPEC);
  await value(ask('deleteVersion', again.id));
  expect(await plan).toMatchObject({ failure: { kind: 'cancelled' } });
  await eventually(() => processes.alive).toBe(0);
});

test('a removed data set is undone in this session and freed at the next start, except what a run needs', async () => {
  const { ask, db, folders } = startApp();
  const first = await value(ask('importSample', 'digits'));
  const second = await value(ask('editDataset', first.id, RELABEL));
  await value(ask('deleteDataset', second.id));
  await value(ask('restoreDataset', second.id));
  expect(await value(ask('listDatasets'))).toHaveLength(2);
  createRun(db, { id: 'r', spec: DEFAULT_SPEC, folder: 'r', datasetId: first.id, datasetName: 'digits' });
  await value(ask('deleteDataset', first.id));
  await removeLeftovers(folders, db);
  expect(readdirSync(folders.datasets)).toEqual([first.id]);
  await value(ask('restoreDataset', first.id));
  expect((await value(ask('listDatasets'))).map(({ id }) => id)).toEqual([first.id]);
});

test('one process answers all looks into a version, and one that crashed is started again', async () => {
  const { ask, processes } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const { labels } = await value(ask('viewDataset', id, SPLIT));
  const asked = await Promise.all([3, 1, 4].map((index) => value(ask('readTiles', id, { indices: [index], side: 64 }))));
  expect(asked.map(({ files }) => files)).toEqual([['3'], ['1'], ['4']]);
  expect((await value(ask('viewDataset', id, SPLIT))).labels).toEqual(labels);
  expect(await ask('readTiles', id, { indices: [], side: 2 })).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const crashed = await ask('readTiles', id, { indices: [], side: 1 });
  expect(crashed).toMatchObject({ ok: false, sentence: expect.stringMatching(/crashed.*Open the page again/) as string });
  await eventually(() => processes.alive).toBe(0);
  expect((await value(ask('viewDataset', id, SPLIT))).labels).not.toEqual(labels);
});

test('the report of a check is saved as csv where the person chooses, and only of what was checked', async () => {
  const { ask, desktop, root } = startApp();
  desktop.chosen = path.join(root, 'pictures');
  const { token } = (await value(ask('chooseFolder')))!;
  expect(await ask('saveReport', token)).toMatchObject({ ok: false, sentence: expect.stringMatching(/not checked yet/) as string });
  await value(ask('checkFolder', token));
  expect(await value(ask('saveReport', token))).toBeNull();
  desktop.saveAs = path.join(root, 'report.csv');
  expect(await value(ask('saveReport', token))).toBe('report.csv');
  expect(readFileSync(desktop.saveAs, 'utf8')).toMatch(/^decision,kind,file,message\r\n/);
  desktop.saveAs = path.join(root, 'nowhere', 'report.csv');
  expect(await ask('saveReport', token)).toMatchObject({ ok: false });
  expect(existsSync(path.join(root, 'nowhere'))).toBe(false);
});
