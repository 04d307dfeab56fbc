// What is kept of every hundred steps: a curve thinned from it has the extremes and means of the steps themselves, however those were written.
import { expect, test } from 'vitest';
import { randomStream } from '#engine/random';
import type { StepReading } from '#shared/run-event';
import type { Database } from '#store/database';
import { readGauges } from '#store/gauges';
import { addSteps, readSteps, rewindTo, STEPS } from '#store/metrics';
import { migration010 } from '#store/migrations/010-blocks';
import { boundsOf, stretchOf } from '#store/thin';
import { openTestStore, startTestRun } from './samples';

const STEPS_MADE = 10_000;
const STRETCHES = 10;

function reading(step: number, random: () => number): StepReading {
  const loss = random() < 0.01 ? NaN : random();
  return {
    step,
    epoch: 1,
    loss,
    accuracy: random(),
    samples: 256,
    seconds: step,
    learningRate: random(),
    memoryBytes: Math.floor(1e6 * random()),
  };
}

/** Told a few at a time, interrupted twice and taken up again from before, as a run is. */
function written(db: Database): StepReading[] {
  const random = randomStream(9);
  let all: StepReading[] = [];
  let interruptions = 2;
  while (all.length < STEPS_MADE) {
    const told = Array.from({ length: 1 + Math.floor(140 * random()) }, (_, i) => reading(all.length + 1 + i, random));
    addSteps(db, 1, told, 0);
    all.push(...told);
    if (interruptions > 0 && all.length > (3 - interruptions) * 3_000) {
      interruptions--;
      const to = all.length - Math.floor(1_000 * random());
      rewindTo(db, 1, to);
      all = all.slice(0, to);
    }
  }
  return all;
}

const finite = (values: number[]) => values.filter(Number.isFinite);

/** Of each stretch the extremes and means of its steps, and of those that came back: where they are not the same. */
function differences(db: Database, all: StepReading[], range: { from?: number; to?: number }): string[] {
  const bounds = boundsOf(db, STEPS, 1, range, STRETCHES)!;
  const thinned = readSteps(db, 1, { ...range, stretches: STRETCHES });
  const within = all.filter(({ step }) => step >= bounds.low && step <= bounds.high);
  const stretches = [...new Set(within.map(({ step }) => stretchOf(step, bounds)))];
  expect(stretches.length).toBeLessThanOrEqual(STRETCHES);
  return stretches.flatMap((stretch) => {
    const isIts = ({ step }: { step: number }) => stretchOf(step, bounds) === stretch;
    const [its, shown] = [within.filter(isIts), thinned.filter(isIts)];
    const problems = (['loss', 'accuracy'] as const).flatMap((of) => {
      const [wanted, found] = [its, shown].map((steps) => finite(steps.map((one: Record<typeof of, number>) => one[of])));
      const isSame = Math.min(...wanted) === Math.min(...found) && Math.max(...wanted) === Math.max(...found);
      const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
      const isMean = Math.abs((shown[0]?.mean?.[of] ?? NaN) - mean) < 1e-9;
      return isSame && isMean ? [] : [`${of} of stretch ${stretch}`];
    });
    return shown[0]?.mean?.steps === its.length ? problems : [...problems, `steps of stretch ${stretch}`];
  });
}

test('extremes and means of every stretch are those of its steps, of the whole and of any part', () => {
  const db = openTestStore();
  startTestRun(db);
  const all = written(db);
  const ranges = [{}, { from: 101 }, { from: 137, to: 9_777 }, { from: 2_500, to: 7_400 }, { from: all.length - 4_999 }];
  for (const range of ranges) expect(differences(db, all, range)).toEqual([]);
  const gauges = readGauges(db, 1, 32);
  expect(Math.max(...gauges.map(({ memoryBytes }) => memoryBytes!))).toBe(Math.max(...all.map(({ memoryBytes }) => memoryBytes!)));
  // The control: a block that is not of its steps is seen, so blocks are what is read.
  db.run('UPDATE step_blocks SET loss_min = -1, loss_min_at = 5555 WHERE block = 55');
  expect(differences(db, all, {})).not.toEqual([]);
});

test('a history of before gets the same blocks as one that was written with them', () => {
  const db = openTestStore();
  startTestRun(db);
  const made = Math.floor(written(db).length / 100);
  const blocks = () => db.all<Record<string, number>>('SELECT * FROM step_blocks ORDER BY run, block');
  const before = blocks();
  expect(before).toHaveLength(made);
  db.exec('DELETE FROM step_blocks');
  db.exec(migration010.sql.slice(migration010.sql.indexOf('WITH b')));
  expect(blocks()).toEqual(before);
});
