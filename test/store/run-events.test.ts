// What a run says is what the history shows: results, curves, sentences, states.
import { expect, test } from 'vitest';
import { getRun } from '#store/run-detail';
import { recordRunEvent } from '#store/run-events';
import { createRun, deleteRun, listRuns, renameRun, reopenRun, restoreRun, saveReceipt } from '#store/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Receipt, RunEvent } from '#shared/run-event';
import { epochEvent, finished, memory, openTestStore, plan, progress, started, startTestRun, step } from './samples';

test('a completed run can be read back whole', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const events: RunEvent[] = [
    started,
    { kind: 'planned', plan },
    { kind: 'note', message: 'The split of the data set is used.' },
    progress(step(1), step(2)),
    progress(step(3), step(4), step(5), step(6)),
    epochEvent(1, 6),
    { kind: 'checkpoint', step: 6, folder: 'runs/run-1/checkpoint' },
    { kind: 'saved', folder: 'runs/run-1' },
    finished('completed', 0.7),
  ];
  for (const event of events) recordRunEvent(db, id, event);

  const run = getRun(db, id);
  expect(run).toMatchObject({
    id,
    name: 'digits, Small CNN, batch 256',
    epochsDone: 1,
    state: 'completed',
    spec: DEFAULT_SPEC,
    datasetName: 'digits',
    engine: 'WebAssembly',
    micro: 32,
    peakBytes: memory.peakBytes,
    seconds: 0.7,
    trainLoss: 0.2,
    validationLoss: 0.25,
    validationAccuracy: 0.97,
    resumable: false,
    hasModel: true,
    plan,
  });
  expect(run.finishedAt).toBeDefined();
  expect(run.steps).toEqual([1, 2, 3, 4, 5, 6].map((n) => ({ step: n, epoch: 1, loss: 1 / n, accuracy: 0.5, seconds: n / 10 })));
  expect(run.epochs).toEqual([{ epoch: 1, step: 6, trainLoss: 0.2, trainAccuracy: 0.97, validationLoss: 0.25, validationAccuracy: 0.97 }]);
  expect(run.events.map((event) => event.message)).toEqual([
    'Started on WebAssembly with 1,437 training and 360 validation samples.',
    'Each mini-batch of 256 runs as 8 micro-batches of at most 32: planned with up to 1.20 MB of the 2.00 MB allowed.',
    'The split of the data set is used.',
    'Checkpoint saved after step 6.',
    'Model saved.',
    'Completed with 97.0 % of the validation samples right.',
  ]);
});

test('a run without validation has no figure of it, not 0', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  recordRunEvent(db, id, { ...epochEvent(1, 6), validation: undefined });
  recordRunEvent(db, id, { ...finished('completed', 0.7), validation: undefined });
  const run = getRun(db, id);
  expect(run.epochs).toEqual([{ epoch: 1, step: 6, trainLoss: 0.2, trainAccuracy: 0.97, validationLoss: NaN, validationAccuracy: NaN }]);
  expect([run.validationLoss, run.validationAccuracy]).toEqual([undefined, undefined]);
  expect(run.events.at(-1)?.message).toBe('Completed; no samples were held out to validate with.');
});

test('one that stopped by itself says so in its line and in its row, till it is made longer', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const endedEarly = { epoch: 17, waited: 8, best: 9 };
  recordRunEvent(db, id, { ...finished('completed', 0.7), endedEarly });
  saveReceipt(db, id, { endedEarly } as Receipt);
  expect(getRun(db, id)).toMatchObject({ state: 'completed', endedEarly });
  expect(getRun(db, id).events.at(-1)?.message).toBe('Stopped by itself after epoch 17 with 97.0 % of the validation samples right.');
  reopenRun(db, id);
  expect(getRun(db, id).endedEarly).toBeUndefined();
});

test('a resumed run continues its curve and its clock, and forgets the steps it does again', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  recordRunEvent(db, id, started);
  recordRunEvent(db, id, progress(step(1), step(2), step(3), step(4)));
  recordRunEvent(db, id, epochEvent(1, 2));
  recordRunEvent(db, id, epochEvent(2, 4));
  recordRunEvent(db, id, { kind: 'checkpoint', step: 2, folder: 'c' });
  recordRunEvent(db, id, finished('stopped', 0.4));
  expect(getRun(db, id)).toMatchObject({ state: 'stopped', resumable: true });

  reopenRun(db, id);
  expect(getRun(db, id)).toMatchObject({ state: 'running', resumable: false, finishedAt: undefined });
  recordRunEvent(db, id, { ...started, resumedAt: 2 });
  recordRunEvent(db, id, progress({ ...step(3, 9), seconds: 0.1 }));
  const run = getRun(db, id);
  expect(run.steps.map((reading) => [reading.step, reading.loss])).toEqual([
    [1, 1],
    [2, 0.5],
    [3, 9],
  ]);
  expect(run.steps[2].seconds).toBeCloseTo(0.3);
  expect(run.seconds).toBeCloseTo(0.3);
  expect(run.epochs.map((epoch) => epoch.epoch)).toEqual([1]);
});

test('only the newest checkpoint has a line', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  for (const at of [6, 12, 18]) recordRunEvent(db, id, { kind: 'checkpoint', step: at, folder: 'c' });
  expect(getRun(db, id).events.map((event) => event.message)).toEqual(['Checkpoint saved after step 18.']);
});

test('a diverged run keeps its NaN and infinite losses', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  recordRunEvent(db, id, progress(step(1, 3), step(2, Infinity), step(3, NaN)));
  expect(getRun(db, id).steps.map((reading) => reading.loss)).toEqual([3, Infinity, NaN]);
});

test('a failure says why; a dead process leaves a run that can be taken up again', () => {
  const db = openTestStore();
  const failed = startTestRun(db, 'failed');
  recordRunEvent(db, failed, { kind: 'failed', failure: { kind: 'cancelled' }, sentence: 'Cancelled.' });
  expect(getRun(db, failed)).toMatchObject({ state: 'failed', failure: 'Cancelled.', resumable: false });

  const died = startTestRun(db, 'died');
  recordRunEvent(db, died, { kind: 'checkpoint', step: 6, folder: 'c' });
  recordRunEvent(db, died, { kind: 'failed', failure: { kind: 'trainer-died', how: 'killed' }, sentence: 'It died.' });
  expect(getRun(db, died)).toMatchObject({ state: 'interrupted', failure: 'It died.', resumable: true });
});

test('an event for an unknown run is refused and leaves no row', () => {
  const db = openTestStore();
  expect(() => recordRunEvent(db, 'nobody', progress(step(1)))).toThrow('not in the history');
  expect(db.get<{ n: number }>('SELECT count(*) AS n FROM steps')?.n).toBe(0);
});

test('an event is written whole or not at all', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const broken = progress(step(1), { ...step(2), samples: 'many' as unknown as number });
  expect(() => recordRunEvent(db, id, broken)).toThrow();
  expect(getRun(db, id).steps).toEqual([]);
});

test('runs are renamed, hidden, brought back; a running one is not deleted', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  createRun(db, { id: 'later', spec: DEFAULT_SPEC, folder: 'f', datasetName: 'd' }, new Date(Date.now() + 1000));
  expect(listRuns(db).map((run) => run.id)).toEqual(['later', id]);
  renameRun(db, id, 'My first');
  expect(() => deleteRun(db, id)).toThrow('Stop it first');
  recordRunEvent(db, id, finished('completed', 1));
  deleteRun(db, id);
  expect(listRuns(db).map((run) => run.id)).toEqual(['later']);
  restoreRun(db, id);
  expect(listRuns(db)[1]).toMatchObject({ id, name: 'My first' });
});

test('a receipt stays with the run', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const receipt = { format: 1, seed: 7, plan } as Receipt;
  saveReceipt(db, id, receipt);
  expect(getRun(db, id).receipt).toEqual(receipt);
});

test('a run of the CLI, whose data the app does not hold, is not offered to go on in the app', () => {
  const db = openTestStore();
  createRun(db, { id: 'cli', spec: DEFAULT_SPEC, folder: '/elsewhere', datasetName: 'digits' });
  for (const id of [startTestRun(db), 'cli']) {
    recordRunEvent(db, id, { kind: 'checkpoint', step: 6, folder: `${id}/checkpoint` });
    recordRunEvent(db, id, finished('stopped', 0.7));
  }
  expect(getRun(db, 'run-1').resumable).toBe(true);
  expect(getRun(db, 'cli').resumable).toBe(false);
});
