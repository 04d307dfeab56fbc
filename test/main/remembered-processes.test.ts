// What a run's process held beside its training is known to the next plan of such a run, and to no other.
import { expect, test } from 'vitest';
import { rememberedMeasurements } from '#main/remembered-plans';
import type { RunSpec } from '#shared/run-spec';
import { eventually, startApp, value } from './app';
import { lock } from './other-program';
import { RUNS } from './processes';

test('the most that it held is remembered with the settings that decide it', async () => {
  const { ask, db, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const known = (changed: Partial<RunSpec> = {}) =>
    rememberedMeasurements(db, id, { ...RUNS.completes, ...changed }).map(({ ranBesideBytes }) => ranBesideBytes);
  expect(known()).toEqual([]);
  await value(ask('startRun', id, RUNS.completes));
  await eventually(() => training.runId).toBeUndefined();
  expect(known()).toEqual([7_000]);
  expect(known({ epochs: 99, batch: 7, learningRate: 1 })).toEqual([7_000]);
  expect(known({ model: 'mlp' })).toEqual([]);
});

test('it is remembered when the history is free again', async () => {
  const { ask, db, folders, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  let free: (() => void) | undefined;
  training.onEvent((event) => {
    if (event !== 'ended' && event.kind === 'finished') free = lock(folders.database);
  });
  await value(ask('startRun', id, RUNS.completes));
  await eventually(() => free !== undefined && training.runId === undefined).toBe(true);
  // The control: it was locked when the run ended.
  const known = () => rememberedMeasurements(db, id, RUNS.completes).map(({ ranBesideBytes }) => ranBesideBytes);
  expect(known()).toEqual([undefined]);
  free!();
  await eventually(known).toEqual([7_000]);
});
