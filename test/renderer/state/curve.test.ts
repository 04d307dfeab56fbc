// A curve stays short however long the run, loses no end, and a repeated step is told once.
import { expect, test } from 'vitest';
import type { EpochReading } from '#shared/run-record';
import { extended, withEpoch, type StepPoint } from '#renderer/state/curve';

const point = (step: number, loss = 1 / step): StepPoint => ({ step, epoch: 1, loss, accuracy: 0.5, seconds: step });
const points = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => point(from + i));

test('new points come after the old ones', () => {
  expect(extended(points(1, 3), points(4, 5)).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
});

test('a resumed run says steps again: the newer reading counts', () => {
  const curve = extended(points(1, 10), [point(8, 7), point(9, 7)]);
  expect(curve.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(curve[7].loss).toBe(7);
});

test('a long run stays short, in order, with its newest step, every spike and its mean; averaging neighbours loses the spike', () => {
  const all = points(1, 20_000).map((each) => ({
    ...each,
    loss: each.step === 7_777 ? 1e3 : each.step % 2,
    accuracy: each.step === 4_321 ? 0 : 0.5,
  }));
  let curve: StepPoint[] = [];
  for (let from = 0; from < all.length; from += 10) {
    curve = extended(curve, all.slice(from, from + 10), 64);
    expect(curve.length).toBeLessThanOrEqual(64);
  }
  expect(curve[curve.length - 1].step).toBe(20_000);
  expect(curve.every(({ step }, i) => i === 0 || step > curve[i - 1].step)).toBe(true);
  expect(curve.find(({ step }) => step === 7_777)?.loss).toBe(1e3);
  expect(curve.find(({ step }) => step === 4_321)?.accuracy).toBe(0);
  const means = [...new Set(curve.map(({ mean }) => mean).filter((mean) => mean !== undefined))];
  const steps = means.reduce((sum, mean) => sum + mean.steps, 0);
  expect(steps).toBeGreaterThan(19_900);
  expect(means.reduce((sum, mean) => sum + mean.loss * mean.steps, 0) / steps).toBeCloseTo((10_000 - 1 + 1e3) / 20_000, 3);

  // The control: the same points halved by averaging until they are as few.
  let averaged = all.map(({ loss }) => loss);
  while (averaged.length > 64) averaged = averaged.flatMap((value, i) => (i % 2 === 1 ? [(averaged[i - 1] + value) / 2] : []));
  expect(Math.max(...averaged)).toBeLessThan(10);
});

test('what has no number is a gap, and no part of a mean', () => {
  const curve = extended(
    [],
    points(1, 100).map((each) => ({ ...each, loss: each.step < 50 ? 2 : NaN })),
    32,
  );
  expect(curve.some(({ loss }) => Number.isNaN(loss))).toBe(true);
  expect(
    curve
      .map(({ mean }) => mean?.loss)
      .filter((mean) => mean !== undefined && !Number.isNaN(mean))
      .every((mean) => mean === 2),
  ).toBe(true);
});

test('nothing new changes nothing', () => {
  expect(extended(points(1, 3), [])).toEqual(points(1, 3));
});

test('many epochs stay few: the newest all, of the older ones the best and the worst; one done again is told once', () => {
  let epochs: EpochReading[] = [];
  for (let epoch = 1; epoch <= 5_000; epoch++) {
    const validationLoss = epoch === 1_234 ? 0.01 : epoch === 2_345 ? 9 : 1;
    const reading = { epoch, step: epoch, trainLoss: 1, trainAccuracy: 0.5, validationLoss, validationAccuracy: epoch === 777 ? 0.9 : 0.5 };
    epochs = withEpoch(epochs, reading, 100);
    expect(epochs.length).toBeLessThanOrEqual(100);
  }
  const numbers = epochs.map(({ epoch }) => epoch);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers).toEqual(expect.arrayContaining([1, 777, 1_234, 2_345, ...Array.from({ length: 50 }, (_, i) => 4_951 + i)]));
  expect(withEpoch(epochs, { ...epochs[0], epoch: 4_990 }, 100).at(-1)?.epoch).toBe(4_990);
});
