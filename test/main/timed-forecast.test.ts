// The time of a run in a forecast of the same settings: in the batch that was asked for and its row of the table, beside what was measured.
import { expect, test } from 'vitest';
import { timedForecast } from '#main/timed-forecast';
import type { BatchForecast, RunForecast } from '#shared/forecast';
import { disturbanceOf, type Measurement } from '#shared/measurement';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Database } from '#store/database';
import { recordRunEvent as record } from '#store/run-events';
import { epochEvent, openTestStore, plan, startTestRun, started } from '../store/samples';

const { engine } = started;
const row = (batch: number) => ({ batch, micro: 32, pieces: [32], secondsPerEpoch: 5, timesApart: 2 }) as BatchForecast;
const forecast = { engine, asked: row(256), table: [row(128), row(256)] } as RunForecast;
const timed = (db: Database) => timedForecast(db, { datasetId: 'digits', spec: DEFAULT_SPEC, remembered: [] }, forecast);

/** Its epochs take 0.6 s. */
function train(db: Database): void {
  startTestRun(db, 'run-1');
  record(db, 'run-1', started);
  record(db, 'run-1', { kind: 'planned', plan });
  for (let epoch = 1; epoch <= 9; epoch++) record(db, 'run-1', epochEvent(epoch, 6 * epoch));
}

test('where it was asked for and in its row of the table alike, and nowhere else', () => {
  const db = openTestStore();
  expect(timed(db)).toBe(forecast);
  train(db);
  const { asked, table, ran } = timed(db);
  expect(ran).toMatchObject({ runId: 'run-1', micro: 32 });
  expect(asked).toMatchObject({ secondsPerEpoch: expect.closeTo(0.6, 6), timesApart: undefined });
  expect(table).toEqual([row(128), asked]);
});

test('beside what was measured with nobody else at work: both may come again', () => {
  const db = openTestStore();
  train(db);
  const pace = {} as Measurement['pace'];
  const of = (disturbed: number): Measurement[] => [{ engine: `${engine.name} ${engine.version}`, points: [], at: '', pace, disturbed }];
  const seconds = { ...row(256), secondsPerEpoch: 0.9, timesApart: undefined };
  const said = (remembered: Measurement[], basis: RunForecast['basis'] = 'measured') => {
    const known = { ...forecast, basis, asked: seconds, disturbed: disturbanceOf(remembered[0]) };
    const { secondsPerEpoch = NaN, timesApart = 1 } = timedForecast(db, { datasetId: 'digits', spec: DEFAULT_SPEC, remembered }, known)
      .asked as BatchForecast;
    return [secondsPerEpoch / timesApart, secondsPerEpoch * timesApart];
  };
  expect(said(of(0))).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.9, 6)]);
  // Controls: beside others, by shapes, or of pieces alone, the run tells it.
  for (const [remembered, basis] of [
    [of(0.4), 'measured'],
    [of(0), 'shapes'],
    [[{ ...of(0)[0], pace: undefined }], 'measured'],
  ] as const)
    expect(said([...remembered], basis)).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.6, 6)]);
});
