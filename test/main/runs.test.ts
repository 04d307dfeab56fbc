// A run from Start to its end, whichever it is, through the questions the window asks and real processes.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually, startApp, value } from './app';
import { appWithData } from './app-with-data';
import { RUNS } from './processes';

test('a run completes: history, receipt, events, and its process is gone', async () => {
  const { ask, start, ended, events, folders, processes } = await appWithData();
  const runId = await start(RUNS.completes);
  expect(await value(ask('currentRun'))).toMatchObject({ runId, detail: { state: 'running', datasetName: 'digits' } });
  await ended();
  expect(await value(ask('currentRun'))).toBeNull();
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({
    state: 'completed',
    hasModel: true,
    resumable: false,
    receipt: { format: 1, seed: 1 },
    validationAccuracy: 0.97,
  });
  expect(run.steps).toHaveLength(5);
  expect((await value(ask('listRuns'))).map((row) => row.id)).toEqual([runId]);
  const kinds = events.flatMap((event) => (event.kind === 'run' ? [event.event.kind] : []));
  expect(kinds.slice(0, 3)).toEqual(['started', 'planned', 'progress']);
  expect(kinds.at(-1)).toBe('finished');
  // What is kept of a step is there again; how far one was is told and kept nowhere.
  expect(run.gauges).toEqual(run.steps.map(({ step }) => ({ step, learningRate: 0.01, memoryBytes: 10 * step })));
  expect(events).toContainEqual({ kind: 'piece', runId, progress: { step: 2, done: 128, samples: 256 } });
  expect(run.events.map(({ message }) => message).join()).not.toContain('128');
  expect(existsSync(path.join(folders.runs, runId, 'receipt.json'))).toBe(true);
  await eventually(() => processes.alive).toBe(0);
});

test('a run that starts from an earlier one is told where that lies; one that is not in the history is refused', async () => {
  const { ask, datasetId, start, ended, folders } = await appWithData();
  const first = await start(RUNS.completes);
  await ended();
  const second = await start({ ...RUNS.completes, start: `run:${first}` });
  await ended();
  const receipt = (id: string) => JSON.parse(readFileSync(path.join(folders.runs, id, 'receipt.json'), 'utf8')) as { startPath?: string };
  expect([first, second].map((id) => receipt(id).startPath)).toEqual([undefined, path.join(folders.runs, first)]);
  for (const question of ['startRun', 'planRun'] as const)
    expect(await ask(question, datasetId, { ...RUNS.completes, start: 'run:gone' })).toMatchObject({
      failure: { problem: 'This run is not in the history any more.' },
    });
});

test('one run at a time; stopped it can be resumed, under its own name', async () => {
  const { ask, datasetId, start, ended, stepSeen, tell } = await appWithData();
  const runId = await start(RUNS.untilStopped);
  expect(await ask('startRun', datasetId, RUNS.completes)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await stepSeen();
  await value(tell('stopRun'));
  expect(await value(ask('currentRun'))).toBeNull();
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'stopped', resumable: true });

  expect(await value(ask('resumeRun', runId))).toBe(runId);
  expect(await ask('deleteRuns', [runId])).toMatchObject({ ok: false });
  await value(tell('stopRun'));
  await ended();
  const run = await value(ask('getRun', runId));
  expect(run.state).toBe('stopped');
  expect(run.events.map((event) => event.message)).toContain('Resumed after step 2 on Plain JavaScript.');
  expect(await value(ask('listRuns'))).toHaveLength(1);
});

test('paused, it is finished where it is: its model is saved and no step is made', async () => {
  const { ask, start, ended, stepSeen, tell } = await appWithData();
  const runId = await start(RUNS.untilStopped);
  await stepSeen();
  await value(tell('pauseRun'));
  const { steps } = await value(ask('getRun', runId));
  expect(await value(ask('finishRun', runId))).toBe(runId);
  await ended();
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({ state: 'stopped', hasModel: true, receipt: { seed: 2 } });
  // The stand-in goes on from its checkpoint after step 2.
  expect(run.steps).toEqual(steps.filter(({ step }) => step <= 2));
  expect(run.events.map(({ message }) => message)).toContain('Taken up to be finished after step 2 on Plain JavaScript.');

  const whole = await start(RUNS.completes);
  await ended();
  expect(await ask('finishRun', whole)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
});

test('paused, its process is gone and the run can go on; a completed one can be made longer', async () => {
  const { ask, start, ended, stepSeen, processes, tell } = await appWithData();
  const paused = await start(RUNS.untilStopped);
  await stepSeen();
  await value(tell('pauseRun'));
  await eventually(() => processes.alive).toBe(0);
  expect(await value(ask('getRun', paused))).toMatchObject({ state: 'paused', resumable: true, hasModel: false, extendable: false });
  await value(ask('resumeRun', paused));
  expect(await value(ask('getRun', paused))).toMatchObject({ state: 'running' });
  await value(tell('stopRun'));
  expect(await value(ask('getRun', paused))).toMatchObject({ state: 'stopped' });

  const runId = await start(RUNS.completes);
  await ended();
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'completed', extendable: true, resumable: false });
  expect(await ask('extendRun', runId, 15)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/has 15 epochs already/) as string,
  });
  await value(ask('extendRun', runId, 24));
  await ended();
  const longer = await value(ask('getRun', runId));
  expect(longer).toMatchObject({ state: 'completed', spec: { epochs: 24 } });
  expect(longer.steps).toHaveLength(8);
  expect(await ask('extendRun', paused, 30)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
});

test('stopping when nothing runs is nothing', async () => {
  const { tell } = startApp();
  expect(await tell('stopRun')).toEqual({ ok: true, value: false });
});

test('the newest plan wins, a cancelled one is said so, a died one is a failure', async () => {
  const { ask, datasetId } = await appWithData();
  const first = ask('planRun', datasetId, { ...RUNS.completes, batch: 64 });
  const second = ask('planRun', datasetId, { ...RUNS.completes, batch: 128 });
  expect(await first).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(await second).toMatchObject({ ok: true, value: { plan: { batch: 128 } } });
  const third = ask('planRun', datasetId, RUNS.completes);
  await value(ask('cancelPlan'));
  expect(await third).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(await ask('planRun', datasetId, RUNS.fails)).toMatchObject({ ok: false, failure: { kind: 'trainer-died', how: 'code 3' } });
});

test('memory and cores are those of the run that trains: a plan being measured ends when one begins, and none is measured beside it', async () => {
  const { ask, datasetId, start, stepSeen, tell } = await appWithData();
  const measuring = ask('planRun', datasetId, RUNS.completes);
  await start(RUNS.untilStopped);
  expect(await measuring).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await stepSeen();
  expect(await ask('planRun', datasetId, RUNS.completes)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await value(tell('stopRun'));
  expect(await ask('planRun', datasetId, RUNS.completes)).toMatchObject({ ok: true });
});

test('engines are asked once, until one is installed or removed; an installation can be cancelled', async () => {
  const { ask, events } = startApp();
  const first = await value(ask('getEngines'));
  expect(await value(ask('getEngines'))).toEqual(first);
  const installed = await value(ask('installEngine', 'cpu'));
  expect(installed.report.version).not.toBe(first.report.version);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'install-progress' }));
  expect(await value(ask('removeEngine', 'cpu'))).not.toEqual(installed);
  const slow = ask('installEngine', 'cuda');
  expect(await ask('installEngine', 'cpu')).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  await value(ask('cancelInstall'));
  expect(await slow).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});

test('an engine that crashes when it is tried does not work here, which is what is said', async () => {
  const { ask, events, processes } = startApp();
  const installing = ask('installEngine', 'cuda');
  await expect.poll(() => events).toContainEqual(expect.objectContaining({ progress: expect.objectContaining({ stage: 'verify' }) }));
  process.kill(processes.pids.at(-1)!, 'SIGSEGV');
  const problem = 'The engine was built but does not work here: it crashed, signal 11.';
  expect(await installing).toMatchObject({ ok: false, failure: { kind: 'engine-install', problem } });
});

test('runs are renamed, deleted, restored and shown', async () => {
  const { ask, desktop, folders, start, ended } = await appWithData();
  const runId = await start(RUNS.completes);
  await ended();
  await value(ask('renameRun', runId, '  Better  '));
  expect((await value(ask('getRun', runId))).name).toBe('Better');
  await value(ask('deleteRuns', [runId]));
  expect(await value(ask('listRuns'))).toEqual([]);
  await value(ask('restoreRuns', [runId]));
  expect(await value(ask('listRuns'))).toHaveLength(1);
  await value(ask('showRunFolder', runId));
  expect(desktop.shown).toEqual([path.join(folders.runs, runId)]);
});

test('space names the data folder, which can be opened, and positive figures', async () => {
  const { ask, desktop, folders } = startApp();
  const space = await value(ask('getSpace'));
  expect(space.dataFolder).toBe(folders.root);
  await value(ask('showDataFolder'));
  expect(desktop.shown).toEqual([folders.root]);
  expect(Math.min(space.freeMemoryBytes, space.totalMemoryBytes, space.freeDiskBytes)).toBeGreaterThan(1e6);
});

test('paused before its first step, a run begins when it is resumed; stopped there, it is over', async () => {
  const { ask, start, events, stepSeen, tell } = await appWithData();
  const begun = (runId: string) =>
    eventually(() => events.some((event) => event.kind === 'run' && event.runId === runId && event.event.kind === 'started')).toBe(true);
  const stopped = await start(RUNS.plansLong);
  await begun(stopped);
  await value(tell('stopRun'));
  expect(await value(ask('getRun', stopped))).toMatchObject({ state: 'stopped', resumable: false, hasModel: false });
  expect(await ask('resumeRun', stopped)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });

  const runId = await start(RUNS.plansLong);
  await begun(runId);
  await value(tell('pauseRun'));
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({ state: 'paused', resumable: true, begins: true, steps: [] });
  expect(run.events.at(-1)?.message).toBe('Paused before the first step; resumed, it begins.');
  expect(await ask('finishRun', runId)).toMatchObject({ ok: false, sentence: expect.stringMatching(/no model yet/) as string });
  await value(ask('resumeRun', runId));
  await stepSeen();
  await value(tell('stopRun'));
  const after = await value(ask('getRun', runId));
  expect(after).toMatchObject({ state: 'stopped', resumable: true, hasModel: true });
  expect(after).not.toHaveProperty('begins');
  // It has begun, and not gone on behind a step.
  expect(after.steps[0]).toMatchObject({ step: 1 });
});

test('what is asked for while a run trains is refused for that, of the very run too', async () => {
  const { ask, start, stepSeen } = await appWithData();
  const runId = await start(RUNS.untilStopped);
  await stepSeen();
  const refused = { ok: false, sentence: 'This run is training already.' };
  expect(await ask('resumeRun', runId)).toEqual(expect.objectContaining(refused));
  expect(await ask('finishRun', runId)).toEqual(expect.objectContaining(refused));
  expect(await ask('extendRun', runId, 60)).toEqual(expect.objectContaining(refused));
});
