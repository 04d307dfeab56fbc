// A run's model judged: by its own data, one at a time, and cancelled.
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

test('a process that dies because memory ran out is started again with half as many samples at once', async () => {
  const { ask, runId } = await appWithRun();
  expect(await value(ask('viewMasks', runId, [7]))).toMatchObject({ found: Uint8Array.of(2) });
});

test('one model is judged at a time, masks as well, and a run that starts takes the memory', async () => {
  const { ask, datasetId, runId, processes, training } = await appWithRun();
  expect(await value(ask('viewMasks', runId, [0]))).toMatchObject({ found: Uint8Array.of(0) });
  const cancelled = { ok: false, failure: { kind: 'cancelled' } };
  const masks = ask('viewMasks', runId, [1]);
  await eventually(() => processes.alive).toBe(1);
  // Who cancels an evaluation does not mean the masks (control).
  await value(ask('cancelEvaluation'));
  const judged = ask('evaluateRun', runId, 'test');
  expect(await masks).toMatchObject(cancelled);
  const again = ask('viewMasks', runId, [1]);
  expect(await judged).toMatchObject(cancelled);
  await value(ask('cancelMaskViews'));
  expect(await again).toMatchObject(cancelled);

  const last = ask('evaluateRun', runId, 'test');
  await eventually(() => processes.alive).toBe(1);
  await value(ask('startRun', datasetId, RUNS.completes));
  expect(await last).toMatchObject(cancelled);
  await eventually(() => training.runId).toBeUndefined();
  await eventually(() => processes.alive).toBe(0);
});

test('what cannot be judged is said: no model yet, data that was never here', async () => {
  const { ask, db } = startApp();
  createRun(db, { id: 'cli', spec: RUNS.completes, folder: '/runs/cli', datasetName: 'd' });
  expect(await ask('evaluateRun', 'cli', 'validation')).toMatchObject({ sentence: expect.stringMatching(/no saved model yet/) });
  recordRunEvent(db, 'cli', { kind: 'saved', folder: '/runs/cli' });
  expect(await ask('evaluateRun', 'cli', 'validation')).toMatchObject({ sentence: expect.stringMatching(/npm run evaluate/) });
});
