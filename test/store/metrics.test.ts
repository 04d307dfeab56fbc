// A long run stays quick to read: few points, none of the peaks lost.
import { expect, test } from 'vitest';
import type { Database } from '#store/database';
import { addEpoch, EPOCHS, readEpochs, readSteps, STEPS } from '#store/metrics';
import { getRun } from '#store/run-detail';
import { mostRows } from '#store/thin';
import { epochEvent, openTestStore, startTestRun } from './samples';

const MILLION = 1_000_000;

function million(): { db: Database; id: string } {
  const db = openTestStore();
  const id = startTestRun(db);
  db.run(
    `WITH RECURSIVE n(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM n WHERE step < CAST(@steps AS INTEGER))
       INSERT INTO steps (run, step, epoch, loss, accuracy, samples, seconds)
         SELECT 1, step, 1 + step / 1000, 1000.0 / step, 0.5, 256, step * 0.01 FROM n`,
    { steps: MILLION },
  );
  const set = (step: number, column: 'loss' | 'accuracy', value: number | null) =>
    db.run(`UPDATE steps SET ${column} = @value WHERE step = @step`, { step, value });
  set(777777, 'loss', 1e6);
  set(333333, 'loss', -1);
  set(500000, 'loss', null);
  set(654321, 'accuracy', 0);
  set(123456, 'accuracy', 1);
  return { db, id };
}

test('a million steps are read as two thousand points with every extreme among them; a plain stride loses a spike', () => {
  const { db, id } = million();
  const { steps } = getRun(db, id);
  const at = (step: number) => steps.find((point) => point.step === step);

  expect(steps.length).toBeLessThanOrEqual(mostRows(STEPS, 500));
  expect(steps.length).toBeGreaterThan(900);
  expect([steps[0].step, steps.at(-1)?.step]).toEqual([1, MILLION]);
  expect([at(777777)?.loss, at(333333)?.loss, at(654321)?.accuracy, at(123456)?.accuracy]).toEqual([1e6, -1, 0, 1]);
  expect(steps.every((point, i) => i === 0 || point.step > steps[i - 1].step)).toBe(true);

  // Each knows the mean of the stretch it stands for, which smoothing is made of.
  const means = [...new Set(steps.map(({ mean }) => mean!))];
  expect(means.reduce((sum, mean) => sum + mean.steps, 0)).toBe(MILLION);
  expect(means.at(-1)!.loss).toBeCloseTo(1e-3, 5);

  // The control: as many points, evenly spaced.
  const every = Math.ceil(MILLION / steps.length);
  const stride = db.all<{ loss: number }>('SELECT loss FROM steps WHERE step % @every = 0', { every });
  expect(stride.length).toBeGreaterThan(900);
  expect(Math.max(...stride.map(({ loss }) => loss))).toBeLessThan(1e6);
});

test('a part of it is read in as many stretches as it is wide, and nothing of what lies beside it', () => {
  const { db } = million();
  const range = { from: 700_000, to: 800_000 };
  const wide = readSteps(db, 1, { ...range, stretches: 300 });
  expect(wide.length).toBeLessThanOrEqual(mostRows(STEPS, 300));
  expect([wide[0].step, wide.at(-1)?.step]).toEqual([range.from, range.to]);
  expect(Math.max(...wide.map(({ loss }) => loss))).toBe(1e6);
  expect(Math.max(...readSteps(db, 1, { to: 777_776, stretches: 3 }).map(({ loss }) => loss))).toBeLessThan(1e6);
  // Close enough, each step is there.
  expect(readSteps(db, 1, { from: 777_770, to: 777_780 }).map(({ step }) => step)).toEqual(
    Array.from({ length: 11 }, (_, i) => 777_770 + i),
  );
  expect(readSteps(db, 1, { from: 2 * MILLION })).toEqual([]);
});

test('many epochs keep the best and the worst, and the last', () => {
  const db = openTestStore();
  startTestRun(db);
  const best = 43;
  for (let epoch = 1; epoch <= 995; epoch++) {
    const event = epochEvent(epoch, epoch * 6);
    addEpoch(db, 1, { ...event, validation: { ...event.validation!, loss: epoch === best ? 0.01 : 0.25 } }, 0);
  }
  const epochs = readEpochs(db, 1, { stretches: 10 });
  expect(epochs.length).toBeLessThanOrEqual(mostRows(EPOCHS, 10));
  expect(epochs.find(({ epoch }) => epoch === best)?.validationLoss).toBe(0.01);
  expect([epochs[0].epoch, epochs.at(-1)?.epoch]).toEqual([1, 995]);
  expect(readEpochs(db, 1)).toHaveLength(995);
  expect(readEpochs(db, 1, { from: 13, to: 30 }).map(({ epoch }) => epoch)).toEqual([3, 4, 5]);
  expect(readEpochs(db, 1, { from: 13, to: 17 })).toEqual([]);
});
