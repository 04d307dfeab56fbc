// Questions that another program comes between: what they ask for happens whole, once, and is waited for as long as what they did already deserves.
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Watch } from '#main/situation';
import { trayLook } from '#main/tray-menu';
import { eventually, startApp, value } from './app';
import { lock, lockAfter } from './other-program';
import { RUNS } from './processes';

/** Only what is waited for is longer: nothing here waits so long. */
function hasWaited() {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  return async (seconds: number) => {
    await wait(120);
    vi.advanceTimersByTime(seconds * 1_000);
    await wait(250);
  };
}

test('a run is made longer and goes on, or neither', async () => {
  const { ask, db, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const runId = await value(ask('startRun', id, RUNS.completes));
  await eventually(() => training.runId).toBeUndefined();
  const free = lockAfter(db, 'UPDATE runs SET spec');
  setTimeout(free, 100);
  expect(await ask('extendRun', runId, 24)).toEqual({ ok: true, value: runId });
  expect(await value(ask('getRun', runId))).toMatchObject({ spec: { epochs: 24 } });
  await eventually(() => training.runId).toBeUndefined();
});

test('what is gone from the disk is waited for longer than what has not begun', async () => {
  const { ask, folders } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const after = hasWaited();
  const free = lock(folders.database);
  const deleting = ask('deleteVersion', id);
  // The control: it would come too late for this one.
  const removing = ask('deleteDataset', id);
  await after(10);
  free();
  expect(await removing).toMatchObject({ ok: false, failure: { kind: 'database-busy' } });
  expect(await deleting).toMatchObject({ ok: true });
});

test('a queue that waits for the history says so, leaves nothing in the folder of runs, and goes on by itself', async () => {
  const app = startApp();
  const { ask, folders, tell } = app;
  const watch = new Watch(app);
  const { id } = await value(ask('importSample', 'digits'));
  const first = await value(ask('startRun', id, RUNS.untilStopped));
  await value(ask('queueRun', id, RUNS.completes));
  await value(tell('pauseRun'));
  const hold = async () => (await value(ask('getQueue'))).hold;
  await eventually(hold).toEqual({ why: 'paused' });
  const after = hasWaited();
  const free = lock(folders.database);
  await value(ask('continueQueue'));
  await after(10);
  expect(await hold()).toEqual({ why: 'history', problem: expect.stringMatching(/^Another program is using the history/) as string });
  const { words, problem } = trayLook(watch.now);
  expect([words, problem]).toEqual([
    expect.stringMatching(/^“digits, .*” waits for the history$/),
    expect.stringMatching(/^Another program/),
  ]);
  await after(10);
  expect(readdirSync(folders.runs).length).toBeLessThanOrEqual(2);
  free();
  await eventually(async () => (await value(ask('listRuns'))).map(({ state }) => state)).toEqual(['completed', 'paused']);
  expect(readdirSync(folders.runs)).toHaveLength(2);
  expect(readdirSync(folders.runs)).toContain(first);
  expect(await hold()).toBeUndefined();
});
