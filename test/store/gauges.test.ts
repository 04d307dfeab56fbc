// Memory and learning rate of steps come back as they were written; of a million, few points with the peak among them.
import { expect, test } from 'vitest';
import { MOST_GAUGES, readGauges } from '#store/gauges';
import { addSteps } from '#store/metrics';
import { openTestStore, startTestRun } from './samples';

const STEPS = 1_000_000;

test('as written; what an older version did not write is absent', () => {
  const db = openTestStore();
  startTestRun(db);
  const step = { epoch: 1, loss: 1, accuracy: 0.5, samples: 8, seconds: 1 };
  addSteps(db, 1, [{ ...step, step: 1, learningRate: 0.01, memoryBytes: 4_096 }], 0);
  addSteps(db, 1, [{ ...step, step: 2 }], 0);
  expect(readGauges(db, 1)).toEqual([{ step: 1, learningRate: 0.01, memoryBytes: 4_096 }, { step: 2 }]);
  expect(readGauges(db, 2)).toEqual([]);
});

test('a million steps are few points, the worst of all and both ends among them; every so many-th would miss it', () => {
  const db = openTestStore();
  startTestRun(db);
  db.run(
    `WITH RECURSIVE n(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM n WHERE step < CAST(@steps AS INTEGER))
       INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds, learning_rate, memory_bytes)
       SELECT 1, step, 1, 1, 0.5, 256, step * 0.01, 0.01, 1000 FROM n`,
    { steps: STEPS },
  );
  const worst = 777_777;
  db.run('UPDATE steps SET memory_bytes = 9000 WHERE step = @worst', { worst });
  // As a rate that is warmed up, and one that is begun anew, are in a moment.
  db.run('UPDATE steps SET learning_rate = 0.5 WHERE step = 333333');
  db.run('UPDATE steps SET learning_rate = 0.001 WHERE step = 654321');
  const gauges = readGauges(db, 1);
  expect(gauges.length).toBeLessThanOrEqual(MOST_GAUGES);
  expect([gauges[0].step, gauges.at(-1)!.step]).toEqual([1, STEPS]);
  expect(gauges.find(({ step }) => step === worst)?.memoryBytes).toBe(9_000);
  const rates = gauges.map(({ learningRate }) => learningRate!);
  expect([Math.min(...rates), Math.max(...rates)]).toEqual([0.001, 0.5]);
  // The control: as many steps, evenly spaced.
  const stride = db.all<{ memory: number; rate: number }>(
    'SELECT memory_bytes AS memory, learning_rate AS rate FROM steps WHERE step % @every = 0',
    { every: Math.ceil(STEPS / gauges.length) },
  );
  expect(stride.length).toBeGreaterThan(gauges.length / 2);
  expect(stride.every(({ memory, rate }) => memory === 1_000 && rate === 0.01)).toBe(true);
});
