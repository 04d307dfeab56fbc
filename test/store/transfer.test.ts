// Runs that go to another computer: all that was known of them is known there, once, and nothing that is there is changed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { addDataset } from '#store/datasets';
import { getRun } from '#store/run-detail';
import { deleteRun, listRuns, renameRun } from '#store/runs';
import { loadRuns } from '#store/transfer/load-runs';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { computer, exported, imported, trainedRun } from '#test/support/run-files';
import { manifest } from './samples';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';

it('brings a run whole: what the history says of it, what its model said, and the model', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  const file = await exported(here, [ID]);
  expect(await imported(there, file)).toEqual([{ id: ID, name: 'digits, Small CNN, batch 256', outcome: 'imported' }]);
  const [told, arrived] = [here, there].map(({ db }) => getRun(db, ID));
  const { message, at } = arrived.events.pop()!;
  expect(message).toMatch(/Brought here from another computer/);
  expect(Date.parse(at)).toBeGreaterThan(0);
  expect(arrived).toEqual(told);
  const files = (root: string) => readdirSync(path.join(root, ID), { recursive: true }).sort();
  expect(files(there.folders.runs)).toEqual(files(here.folders.runs));
  for (const name of ['weights.bin', 'model.json'])
    expect(readFileSync(path.join(there.folders.runs, ID, name))).toEqual(readFileSync(path.join(here.folders.runs, ID, name)));
});

it('takes the same run once, knows one that was deleted, and gives another with its id an id of its own', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  const file = await exported(here, [ID]);
  expect(await imported(here, file)).toMatchObject([{ id: ID, outcome: 'here' }]);
  renameRun(here.db, ID, 'The best one');
  deleteRun(here.db, ID);
  expect(await imported(here, file)).toEqual([{ id: ID, name: 'The best one', outcome: 'restored' }]);
  expect(listRuns(here.db)).toHaveLength(1);

  trainedRun(there, ID, { ...DEFAULT_SPEC, batch: 64 });
  const before = getRun(there.db, ID);
  const [{ id, outcome }] = await imported(there, file);
  expect(outcome).toBe('renumbered');
  expect(id).not.toBe(ID);
  expect(getRun(there.db, ID)).toEqual(before);
  expect(getRun(there.db, id).steps).toEqual(getRun(here.db, ID).steps);
  expect(await imported(there, file)).toMatchObject([{ id, outcome: 'here' }]);
  expect(listRuns(there.db)).toHaveLength(2);
});

it('leaves models out where they are not wanted, and knows data that are here', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  addDataset(there.db, { id: 'own', manifest, folder: 'datasets/own', bytesOnDisk: 1 });
  await imported(there, await exported(here, [ID], false));
  expect(getRun(there.db, ID)).toMatchObject({
    datasetId: 'own',
    hasModel: false,
    resumable: false,
    extendable: false,
    state: 'completed',
  });
  expect(existsSync(path.join(there.folders.runs, ID, 'weights.bin'))).toBe(false);

  // Data that come later are known, too.
  const third = computer();
  await imported(third, await exported(here, [ID]));
  expect(getRun(third.db, ID).datasetId).toBe('');
  addDataset(third.db, { id: 'later', manifest, folder: 'datasets/later', bytesOnDisk: 1 });
  expect(getRun(third.db, ID)).toMatchObject({ datasetId: 'later', resumable: false });
  expect(existsSync(path.join(there.folders.runs, ID, 'receipt.json'))).toBe(true);
});

it('takes all runs of a file or none', async () => {
  const [here, there] = [computer(), computer()];
  const other = ID.replace('0a', '0b');
  trainedRun(here, ID);
  trainedRun(here, other);
  const { runs } = await unpackRuns(await exported(here, [ID, other]), there.folders.runs);
  writeFileSync(path.join(runs[1].rows, 'epochs.jsonl'), '[1,6,0.2,0.9,0.2,0.9,null,"long"]\n');
  await expect(loadRuns(there, runs)).rejects.toThrow();
  expect(there.db.all('SELECT id FROM runs')).toEqual([]);
  expect(listRuns(there.db)).toEqual([]);
  expect(existsSync(path.join(there.folders.runs, ID))).toBe(false);
});
