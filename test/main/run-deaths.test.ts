// A run whose process dies, gives up, is ended or fails: what is told of it, and what can be done with it afterwards.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outcomeSentence } from '#renderer/words/run-words';
import { failureSentence } from '#shared/failure';
import { eventually, value, type startApp } from './app';
import { appWithData } from './app-with-data';
import { RUNS } from './processes';

const notes = async (ask: ReturnType<typeof startApp>['ask'], runId: string) =>
  (await value(ask('getRun', runId))).events.map((event) => event.message).filter((message) => message.includes('unexpectedly'));

test('a trainer that is killed is started again from its checkpoint, with the same pieces, and the history says so', async () => {
  const { ask, start, processes, tell } = await appWithData();
  const before = processes.pids.length;
  const runId = await start(RUNS.killed);
  await eventually(() => notes(ask, runId)).toHaveLength(1);
  await eventually(async () => (await value(ask('getRun', runId))).steps.length).toBeGreaterThan(3);
  expect(await notes(ask, runId)).toEqual([
    'The training process stopped unexpectedly after step 2 (it was ended from outside, signal 9). The run goes on from the checkpoint after step 2.',
  ]);
  expect(await value(ask('currentRun'))).toMatchObject({ runId, detail: { state: 'running', micro: 32 } });
  expect(processes.pids).toHaveLength(before + 2);
  await value(tell('stopRun'));
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'stopped', resumable: true });
});

test('one that gave up, as when memory runs out, goes on with half the micro-batch and completes', async () => {
  const { ask, start, ended } = await appWithData();
  const runId = await start(RUNS.aborts);
  await ended();
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'completed', micro: 16 });
  expect((await notes(ask, runId))[0]).toMatch(/signal 6\)\. .*after step 2, with micro-batches of at most 16 instead of 32\.$/);
});

test('three deaths at one step end the run with a sentence; it can be resumed', async () => {
  const { ask, start, ended, events } = await appWithData();
  const runId = await start(RUNS.dies);
  await ended();
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({ state: 'interrupted', resumable: true });
  expect(run.failure).toMatch(/stopped 3 times without getting on; step 4 was the furthest \(it crashed, signal 11\)\. .*Choose a smaller/);
  expect(await notes(ask, runId)).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ kind: 'run', event: { kind: 'failed', failure: { kind: 'trainer-died', times: 3 } } });
});

test('interrupted before its first checkpoint, a run begins again when it is resumed, with its own seed', async () => {
  const { ask, start, events, stepSeen, tell } = await appWithData();
  const runId = await start(RUNS.plansLong);
  await eventually(() => events.some((event) => event.kind === 'run' && event.event.kind === 'started')).toBe(true);
  await value(tell('endRun'));
  await eventually(async () => (await value(ask('getRun', runId))).state).toBe('interrupted');
  expect(await value(ask('getRun', runId))).toMatchObject({ resumable: true, begins: true });
  // There is nothing yet that could be finished.
  expect(await ask('finishRun', runId)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await value(ask('resumeRun', runId));
  await stepSeen();
  await value(tell('stopRun'));
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({ state: 'stopped', hasModel: true, receipt: { seed: RUNS.plansLong.seed } });
  expect(run.steps[0]).toMatchObject({ step: 1 });
});

test('a run that fails says why and cannot be resumed without a checkpoint', async () => {
  const { ask, start, ended } = await appWithData();
  const runId = await start(RUNS.fails);
  await ended();
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'failed', failure: expect.stringMatching(/Four\./) as string });
  expect(await ask('resumeRun', runId)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
});

test('a run without room on the disk is paused, says why, and goes on', async () => {
  const { ask, start, ended, tell, events, folders } = await appWithData();
  const runId = await start(RUNS.fillsDisk);
  await ended();
  const run = await value(ask('getRun', runId));
  const why = `The disk that holds ${folders.root} is full. Free some space and try again; nothing already saved is lost.`;
  expect(run).toMatchObject({ state: 'paused', failure: why, resumable: true });
  expect(outcomeSentence(run)).toBe(`${why} It can go on from its last checkpoint.`);
  expect(events).toContainEqual({ kind: 'run', runId, event: expect.objectContaining({ kind: 'paused', step: 2 }) as unknown });
  await value(ask('resumeRun', runId));
  await eventually(async () => (await value(ask('getRun', runId))).steps.length).toBeGreaterThan(3);
  await value(tell('stopRun'));
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'stopped', failure: undefined });
});

test('a run that may not write into the folder of the app is not told to choose another one', async () => {
  const { ask, start, ended, folders } = await appWithData();
  const runId = await start(RUNS.mayNotWrite);
  await ended();
  const { failure } = await value(ask('getRun', runId));
  const place = path.join(folders.runs, runId, 'checkpoints', 'step-2');
  expect(failure).toBe(`Overbatch may not write to ${place}, where it keeps its own data. Change the permissions there, and try again.`);
  // The control: of a folder that a person chose.
  expect(failureSentence({ kind: 'no-permission', path: '/chosen' })).toMatch(/Choose another folder/);
});

test('a process that is done without a word about the result is a failure, not a run for ever', async () => {
  const { ask, start, ended } = await appWithData();
  const runId = await start(RUNS.silent);
  await ended();
  expect(await value(ask('getRun', runId))).toMatchObject({
    state: 'failed',
    failure: expect.stringMatching(/without a result/) as string,
  });
});

test('a history that cannot be written does not end the run, and is said once', async () => {
  const { ask, db, start, ended, events, folders } = await appWithData();
  const runId = await start(RUNS.completes);
  db.exec('DROP TABLE steps');
  await ended();
  const notes = events.filter((event) => event.kind === 'run' && event.event.kind === 'note');
  expect(notes).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ event: { kind: 'finished' } });
  expect(existsSync(path.join(folders.runs, runId, 'receipt.json'))).toBe(true);
  expect(await ask('listRuns')).toMatchObject({ ok: true, value: [{ state: 'completed' }] });
});

test('a run that said how it ended is not begun again when its process dies on its way out', async () => {
  const { ask, start, ended, processes } = await appWithData();
  const before = processes.pids.length;
  const runId = await start(RUNS.diesAtEnd);
  await ended();
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'completed', hasModel: true, receipt: { seed: 12 } });
  expect(await notes(ask, runId)).toEqual([]);
  expect(processes.pids).toHaveLength(before + 1);
});

test('ended at once, a run stands as was wanted of it, and no crash is told: finished early it can go on, paused it is paused', async () => {
  const { ask, datasetId, start, ended, events, stepSeen, tell } = await appWithData();
  const runId = await start(RUNS.hangs);
  await stepSeen();
  const stopping = tell('stopRun');
  await value(tell('endRun'));
  await value(stopping);
  const sentence = 'Ended at once, as you asked; what it did up to step 2 is saved.';
  const stopped = await value(ask('getRun', runId));
  expect(stopped).toMatchObject({ state: 'interrupted', resumable: true, failure: sentence });
  expect(stopped.events.at(-1)?.message).toBe(sentence);

  await value(ask('resumeRun', runId));
  await value(ask('queueRun', datasetId, RUNS.completes));
  await eventually(() => events.at(-1)?.kind).toBe('piece');
  const pausing = tell('pauseRun');
  await value(tell('endRun'));
  await value(pausing);
  await ended();
  const paused = await value(ask('getRun', runId));
  expect(paused).toMatchObject({ state: 'paused', resumable: true });
  expect(paused.events.at(-1)?.message).toBe(sentence);
  expect(await notes(ask, runId)).toEqual([]);
  expect(await value(ask('getQueue'))).toMatchObject({ waiting: [{ datasetName: 'digits' }], hold: { why: 'paused' } });
});
