// A long run stays quick to read: few points, none of the peaks lost.
import { expect, test } from 'vitest';
import { addEpoch, MOST_POINTS, readEpochs, readSteps } from '#store/metrics';
import { getRun } from '#store/run-detail';
import { epochEvent, openTestStore, startTestRun } from './samples';

const STEPS = 1_000_000;

test('a million steps are read as two thousand points with every extreme among them', () => {
  const db = openTestStore();
  const id = startTestRun(db);
  const run = db.get<{ key: number }>('SELECT key FROM runs')!.key;
  db.run(
    `WITH RECURSIVE n(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM n WHERE step < CAST(@steps AS INTEGER))
       INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds) SELECT CAST(@run AS INTEGER), step, 1 + step / 1000, 1000.0 / step, 0.5, 256, step * 0.01 FROM n`,
    { steps: STEPS, run },
  );
  db.run('UPDATE steps SET loss = 1e6 WHERE step = 777777', {});
  db.run('UPDATE steps SET loss = -1 WHERE step = 333333', {});
  db.run('UPDATE steps SET loss = NULL WHERE step = 500000', {});

  const before = performance.now();
  const { steps } = getRun(db, id);
  const milliseconds = performance.now() - before;

  expect(steps.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(steps.length).toBeGreaterThan(MOST_POINTS * 0.9);
  expect(steps[0].step).toBe(1);
  expect(steps.at(-1)?.step).toBe(STEPS);
  expect(steps.find((point) => point.step === 777777)?.loss).toBe(1e6);
  expect(steps.find((point) => point.step === 333333)?.loss).toBe(-1);
  expect(steps.every((point, i) => i === 0 || point.step > steps[i - 1].step)).toBe(true);
  expect(milliseconds).toBeLessThan(5_000);
});

test('up to the limit every step is there', () => {
  const db = openTestStore();
  startTestRun(db);
  for (let step = 1; step <= 100; step++) {
    db.run('INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds) VALUES (1, @step, 1, 0.5, 0.5, 1, 1)', { step });
  }
  expect(readSteps(db, 1, 100)).toHaveLength(100);
  expect(readSteps(db, 1, 50).length).toBeLessThanOrEqual(50);
});

test('many epochs are thinned evenly and keep the last', () => {
  const db = openTestStore();
  startTestRun(db);
  for (let epoch = 1; epoch <= 95; epoch++) addEpoch(db, 1, epochEvent(epoch, epoch * 6), 0);
  const epochs = readEpochs(db, 1, 10);
  expect(epochs.map((point) => point.epoch)).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
  expect(readEpochs(db, 1)).toHaveLength(95);
});
