// The time of an epoch in a run of the very settings that are planned: the newest one that was cut alike, by this engine, on this computer.
import { expect, test } from 'vitest';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import { ranPace } from '#store/ran-pace';
import { recordRunEvent as record } from '#store/run-events';
import { saveReceipt } from '#store/runs';
import { epochEvent, finished, openTestStore, plan, startTestRun, started } from './samples';

const asked = { batch: 256, micro: 32, pieces: [32] } as never;
const forecast = { asked, engine: started.engine };

const MACHINE = { system: 'linux x64', processor: 'This one', threads: 8 };
const HERE = { machine: MACHINE, program: '1.0.0' };

/** Its epochs of 6 steps take 0.6 s, or so many times as long. */
function train(db: Database, id: string, epochs: number, slower = 1): void {
  startTestRun(db, id);
  record(db, id, started);
  record(db, id, { kind: 'planned', plan });
  for (let epoch = 1; epoch <= epochs; epoch++) record(db, id, { ...epochEvent(epoch, 6 * epoch), seconds: 0.6 * slower * epoch });
}

const pace = (db: Database, changed: Partial<RunSpec> = {}, of = forecast) =>
  ranPace(db, { datasetId: 'digits', spec: { ...DEFAULT_SPEC, ...changed }, ...HERE }, of);

test('of the run that trains, from the end of its first epoch on, whatever decides no epoch', () => {
  const db = openTestStore();
  train(db, 'run-1', 3);
  expect(pace(db)).toBeUndefined();
  record(db, 'run-1', epochEvent(4, 24));
  expect(pace(db)).toMatchObject({ secondsPerEpoch: expect.closeTo(0.6, 6), runId: 'run-1', micro: 32 });
  expect(pace(db, { epochs: 7, seed: 9, patience: 3, budgetBytes: 5e6, learningRate: 0.1, schedule: 'cosine' })).toBeDefined();
});

test('of slow epochs one after the first says enough, of quick ones it does not', () => {
  const [slow, quick] = [openTestStore(), openTestStore()];
  train(slow, 'run-1', 2, 50);
  train(quick, 'run-1', 2);
  expect(pace(slow)).toMatchObject({ secondsPerEpoch: expect.closeTo(30, 6) });
  expect(pace(quick)).toBeUndefined();
});

test('of no other settings, pieces, engine or data', () => {
  const db = openTestStore();
  train(db, 'run-1', 9);
  for (const other of [{ batch: 128 }, { model: 'mlp' }, { augment: { flip: 0.5 } }] as const)
    expect([other, pace(db, other)]).toEqual([other, undefined]);
  expect(pace(db, {}, { ...forecast, asked: { ...(asked as object), micro: 64 } as never })).toBeUndefined();
  expect(pace(db, {}, { ...forecast, asked: { batch: 256, neededBytes: 1 } as never })).toBeUndefined();
  expect(pace(db, {}, { ...forecast, engine: { ...started.engine, version: 'another' } })).toBeUndefined();
  expect(ranPace(db, { datasetId: 'others', spec: DEFAULT_SPEC, ...HERE }, forecast)).toBeUndefined();
  expect(pace(db)).toBeDefined();
});

test('several of them were not as fast: all of it may come again', () => {
  const db = openTestStore();
  for (const [id, slower] of [
    ['run-1', 1],
    ['run-2', 1.5],
    ['run-3', 1.2],
  ] as const)
    train(db, id, 9, slower);
  const { secondsPerEpoch, timesApart = 1 } = pace(db)!;
  expect([secondsPerEpoch / timesApart, secondsPerEpoch * timesApart]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.9, 6)]);
});

test('one that has ended counts where its receipt names this computer and this program', () => {
  const db = openTestStore();
  train(db, 'run-1', 9);
  record(db, 'run-1', finished('completed', 5));
  expect(pace(db)).toBeUndefined();
  const on = (changed: Partial<typeof MACHINE>, overbatch = '1.0.0') =>
    saveReceipt(db, 'run-1', { machine: { ...MACHINE, ...changed }, versions: { overbatch } } as Receipt);
  for (const other of [{ processor: 'Another' }, { threads: 4 }, { system: 'win32 x64' }]) {
    on(other);
    expect([other, pace(db)]).toEqual([other, undefined]);
  }
  on({}, '0.9.0');
  expect(pace(db)).toBeUndefined();
  on({});
  expect(pace(db)).toMatchObject({ secondsPerEpoch: expect.closeTo(0.6, 6) });
});
