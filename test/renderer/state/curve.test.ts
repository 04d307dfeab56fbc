// A curve stays short however long the run, loses no end, and a repeated step is told once.
import { expect, test } from 'vitest';
import { extended, type StepPoint } from '#renderer/state/curve';

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

test('a long run is thinned by averaging, in order, with its newest step', () => {
  let curve: StepPoint[] = [];
  for (let step = 1; step <= 1000; step += 10) curve = extended(curve, points(step, step + 9), 64);
  expect(curve.length).toBeLessThanOrEqual(64);
  expect(curve[curve.length - 1].step).toBe(1000);
  expect(curve.every(({ step }, i) => i === 0 || step > curve[i - 1].step)).toBe(true);
});

test('nothing new changes nothing', () => {
  expect(extended(points(1, 3), [])).toEqual(points(1, 3));
});
