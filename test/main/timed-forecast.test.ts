// The time of a run in a forecast of the same settings: in the batch that was asked for and its row of the table, till something truer is measured.
import { expect, test } from 'vitest';
import { timedForecast } from '#main/timed-forecast';
import type { BatchForecast, RunForecast } from '#shared/forecast';
import type { Measurement } from '#shared/measurement';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Database } from '#store/database';
import { recordRunEvent as record } from '#store/run-events';
import { epochEvent, openTestStore, plan, startTestRun, started } from '../store/samples';

const { engine } = started;
const row = (batch: number) => ({ batch, micro: 32, pieces: [32], secondsPerEpoch: 5, timesApart: 2 }) as BatchForecast;
const forecast = { engine, asked: row(256), table: [row(128), row(256)] } as RunForecast;
const timed = (db: Database, remembered: Measurement[] = []) =>
  timedForecast(db, { datasetId: 'digits', spec: DEFAULT_SPEC, remembered }, forecast);

/** Its epochs take 0.6 s. */
function train(db: Database): void {
  startTestRun(db, 'run-1');
  record(db, 'run-1', started);
  record(db, 'run-1', { kind: 'planned', plan });
  for (let epoch = 1; epoch <= 9; epoch++) record(db, 'run-1', epochEvent(epoch, 6 * epoch));
}

const measured = (pacedAt: string | undefined, disturbed?: number): Measurement[] => [
  { engine: `${engine.name} ${engine.version}`, points: [], at: '2999-01-01', pacedAt, disturbed },
];

test('where it was asked for and in its row of the table alike, and nowhere else', () => {
  const db = openTestStore();
  expect(timed(db)).toBe(forecast);
  train(db);
  const { asked, table, ran } = timed(db);
  expect(ran).toMatchObject({ runId: 'run-1', micro: 32 });
  expect(asked).toMatchObject({ secondsPerEpoch: expect.closeTo(0.6, 6), timesApart: undefined });
  expect(table).toEqual([row(128), asked]);
});

test('a pace that was measured after it with nobody else at work goes before it', () => {
  const db = openTestStore();
  train(db);
  expect(timed(db, measured('2999-01-01'))).toBe(forecast);
  // Points alone, measured earlier, or beside others.
  for (const other of [measured(undefined), measured('2000-01-01'), measured('2999-01-01', 0.4)])
    expect(timed(db, other).ran).toBeDefined();
});
