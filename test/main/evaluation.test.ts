// A run's model judged: by its own data, one at a time, and cancelled; its masks looked at.
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRun } from '#store/runs';
import { recordRunEvent } from '#store/run-events';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

async function appWithRun() {
  const app = startApp();
  const { id: datasetId } = await value(app.ask('importSample', 'digits'));
  const runId = await value(app.ask('startRun', datasetId, RUNS.completes));
  await eventually(() => app.training.runId).toBeUndefined();
  return { ...app, datasetId, runId };
}

test('the model is judged by the data it was trained on, and the window hears how far it is', async () => {
  const { ask, datasetId, runId, folders, events, processes } = await appWithRun();
  const { facts } = await value(ask('evaluateRun', runId, 'validation'));
  expect(facts).toEqual({ weights: path.join(folders.runs, runId), data: path.join(folders.datasets, datasetId) });
  expect(events).toContainEqual({ kind: 'evaluation-progress', runId, part: 'validation', done: 1, total: 2 });
  await eventually(() => processes.alive).toBe(0);
});

test('the same question, asked by a window that was loaded anew, goes on; cancelled, it ends with its process and can be asked again', async () => {
  const { ask, runId, events, processes } = await appWithRun();
  const heard = () => events.filter(({ kind }) => kind === 'evaluation-progress').length;
  const first = ask('evaluateRun', runId, 'test');
  await eventually(heard).toBe(1);
  const second = ask('evaluateRun', runId, 'test');
  expect(processes.alive).toBe(1);
  await value(ask('cancelEvaluation'));
  const again = ask('evaluateRun', runId, 'test');
  for (const one of [first, second]) expect(await one).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await eventually(heard).toBe(2);
  await value(ask('cancelEvaluation'));
  expect(await again).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await eventually(() => processes.alive).toBe(0);
});

test('one model is judged at a time, and a run that starts takes the memory', async () => {
  const { ask, datasetId, runId, processes, training } = await appWithRun();
  const cancelled = { ok: false, failure: { kind: 'cancelled' } };
  const first = ask('evaluateRun', runId, 'test');
  await eventually(() => processes.alive).toBe(1);
  await value(ask('evaluateRun', runId, 'validation'));
  expect(await first).toMatchObject(cancelled);

  const last = ask('evaluateRun', runId, 'test');
  await eventually(() => processes.alive).toBe(1);
  await value(ask('startRun', datasetId, RUNS.completes));
  expect(await last).toMatchObject(cancelled);
  await eventually(() => training.runId).toBeUndefined();
  await eventually(() => processes.alive).toBe(0);
});

test('masks are looked at in one process while the page is there; it is gone when that is left, and when a run starts, which waits for no masks', async () => {
  const { ask, datasetId, runId, processes } = await appWithRun();
  const first = await value(ask('viewMasks', runId, [0, 2]));
  expect(first).toMatchObject({ found: Uint8Array.of(0, 2) });
  // Its process stands where the width does.
  expect((await value(ask('viewMasks', runId, [3]))).width).toBe(first.width);
  await value(ask('leaveModel'));
  await eventually(() => processes.alive).toBe(0);
  const slow = ask('viewMasks', runId, [1]);
  await eventually(() => processes.alive).toBe(1);
  await value(ask('startRun', datasetId, RUNS.untilStopped));
  expect(await slow).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(await ask('viewMasks', runId, [0])).toMatchObject({ ok: false, sentence: expect.stringMatching(/^A run is training/) as string });
});

test('a process that dies of masks because memory ran out is started again with half as many at once, and asks no more of those that follow', async () => {
  const { ask, runId, processes } = await appWithRun();
  const before = processes.pids.length;
  // Its number at once stands where the height does.
  expect((await value(ask('viewMasks', runId, [7, 8, 9, 10, 11, 12, 13, 14]))).height).toBe(2);
  expect((await value(ask('viewMasks', runId, [0]))).height).toBe(2);
  expect(processes.pids.length - before).toBe(3);
  await value(ask('leaveModel'));
  expect((await value(ask('viewMasks', runId, [0]))).height, 'forgotten with the page').toBeUndefined();
});

test('what cannot be judged is said: no model yet, data that was never here', async () => {
  const { ask, db } = startApp();
  createRun(db, { id: 'cli', spec: RUNS.completes, folder: '/runs/cli', datasetName: 'd' });
  expect(await ask('evaluateRun', 'cli', 'validation')).toMatchObject({ sentence: expect.stringMatching(/no saved model yet/) });
  recordRunEvent(db, 'cli', { kind: 'saved', folder: '/runs/cli' });
  expect(await ask('evaluateRun', 'cli', 'validation')).toMatchObject({ sentence: expect.stringMatching(/npm run evaluate/) });
});
