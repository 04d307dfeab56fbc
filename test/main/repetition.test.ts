// A run repeated through the questions the window asks: what is said before, what the process is told, what the history knows after.
import fs, { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { machineOf } from '#shared/machine';
import type { Cut } from '#shared/plan';
import { getRunRow, saveReceipt } from '#store/runs';
import { version } from '../../package.json';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

async function appWithRun() {
  const app = startApp();
  const { ask, db, folders, training } = app;
  const { id: datasetId } = await value(ask('importSample', 'digits'));
  const runId = await value(ask('startRun', datasetId, RUNS.completes));
  const ended = () => eventually(() => training.runId).toBeUndefined();
  await ended();
  /** As if it had been made by this very program on this computer, with the engine there is. */
  async function makeSame() {
    const { receipt } = await value(ask('getRun', runId));
    const { report } = await value(ask('getEngines'));
    saveReceipt(db, runId, { ...receipt!, versions: { ...receipt!.versions, overbatch: version }, machine: machineOf(os, fs) });
    db.run('UPDATE runs SET engine = @engine', { engine: JSON.stringify(report) });
  }
  const told = (id: string) => JSON.parse(readFileSync(path.join(folders.runs, id, 'receipt.json'), 'utf8')) as { cut?: Cut };
  return { ...app, datasetId, runId, ended, makeSame, told };
}

test('a run is repeated with its pieces and its engine; the history says which it repeats and that its weights are the same', async () => {
  const { ask, db, runId, ended, makeSame, told } = await appWithRun();
  await makeSame();
  expect(await value(ask('checkRepeat', runId))).toEqual([]);
  const again = await value(ask('repeatRun', runId));
  await ended();
  expect(told(runId).cut).toBeUndefined();
  expect(told(again!).cut).toEqual({ micro: 32 });
  expect(await value(ask('getRun', again!))).toMatchObject({
    spec: { ...RUNS.completes, engine: 'js' },
    name: 'digits, Small CNN, batch 256, repeated',
    repeats: { id: runId, isSame: true },
  });
  expect((await value(ask('listRuns'))).map(({ repeatsExactly }) => repeatsExactly)).toEqual([true, undefined]);
  // Another seed is another run, whatever it says that it repeats.
  db.run('UPDATE runs SET receipt = json_set(receipt, @path, @other) WHERE id = @runId', { path: '$.weights', other: 'others', runId });
  expect((await value(ask('getRun', again!))).repeats).toMatchObject({ isSame: false, because: [] });
  // Models of different steps have other weights in any case; the losses of their epochs tell then.
  const keepStep = (id: string, step: number) =>
    db.run(`UPDATE runs SET receipt = json_set(receipt, '$.model', json_object('of', 'last step', 'step', @step)) WHERE id = @id`, {
      id,
      step,
    });
  const exactly = async () => [(await value(ask('getRun', again!))).repeats!.isSame, (await value(ask('listRuns')))[0].repeatsExactly];
  keepStep(runId, 5);
  keepStep(again!, 5);
  expect(await exactly()).toEqual([false, false]);
  keepStep(runId, 9);
  expect(await exactly()).toEqual([undefined, undefined]);
  expect((await value(ask('getRun', again!))).repeats!.because).toEqual([expect.stringContaining('It keeps the model of step 5')]);
  for (const [id, loss] of [
    [runId, 1],
    [again!, 2],
  ])
    db.run('INSERT INTO epochs (run, epoch, step, train_loss, seconds) SELECT key, 1, 1, @loss, 1 FROM runs WHERE id = @id', { id, loss });
  expect(await exactly()).toEqual([false, false]);
  // Made again once more, it is told from the one before.
  const third = await value(ask('repeatRun', again!));
  await ended();
  expect(await value(ask('getRun', third!))).toMatchObject({ name: 'digits, Small CNN, batch 256, repeated (2)' });
});

test('what differs is said in sentences; while another trains it waits in the queue, and knows there what it repeats', async () => {
  const { ask, datasetId, runId, tell } = await appWithRun();
  const sentences = await value(ask('checkRepeat', runId));
  expect(sentences).toEqual([
    expect.stringMatching(/^It ran with 1, and here is \d+/),
    expect.stringMatching(/does not say on which computer/),
  ]);
  await value(ask('startRun', datasetId, RUNS.untilStopped));
  expect(await value(ask('repeatRun', runId))).toBeNull();
  expect((await value(ask('getQueue'))).waiting).toMatchObject([{ repeatOf: runId, expected: { pieces: 1, micro: 32, peakBytes: 2_000 } }]);
  await value(tell('stopRun'));
  await eventually(async () => (await value(ask('listRuns'))).filter(({ state }) => state === 'completed').length).toBe(2);
  const [newest] = await value(ask('listRuns'));
  expect(await value(ask('getRun', newest.id))).toMatchObject({ repeats: { id: runId, isSame: true } });
});

test('data that are gone are said to be; the same content, imported again, is taken for them', async () => {
  const { ask, db, folders, runId, datasetId, makeSame } = await appWithRun();
  await makeSame();
  db.run('UPDATE runs SET dataset_id = NULL', {});
  expect(await ask('checkRepeat', runId)).toMatchObject({
    failure: { problem: expect.stringMatching(/^What this run learnt from is not/) as string },
  });
  const { receipt } = await value(ask('getRun', runId));
  const { content_hash: contentHash } = db.get<{ content_hash: string }>('SELECT content_hash FROM datasets')!;
  saveReceipt(db, runId, { ...receipt!, dataset: { ...receipt!.dataset, contentHash } });
  expect(await value(ask('checkRepeat', runId))).toEqual([]);
  expect(getRunRow(db, runId).dataset_id).toBeNull();
  rmSync(path.join(folders.datasets, datasetId), { recursive: true });
  for (const question of ['checkRepeat', 'repeatRun'] as const)
    expect(await ask(question, runId)).toMatchObject({
      failure: { problem: expect.stringMatching(/were deleted\. Import the same/) as string },
    });
});
