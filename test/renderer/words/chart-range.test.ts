// Long runs are drawn where something happens.
import { expect, test } from 'vitest';
import { isWide, leastShare } from '#renderer/words/chart-range';

test('a loss that falls by orders of magnitude is wide; zero, NaN and what is not there are not counted', () => {
  expect(isWide([2.3, 0.5, 0.03])).toBe(true);
  expect(isWide([2.3, 0.5, 0.09])).toBe(false);
  expect(isWide([2.3, NaN, 0.00004])).toBe(true);
  expect([[1, 0, NaN], [1, Infinity], []].map(isWide)).toEqual([false, false, false]);
});

test('accuracy of a long run is drawn from below its later part, of a short one from nothing', () => {
  const epochs = (count: number, later: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ epoch: i + 1, step: i + 1, trainLoss: 1, validationLoss: NaN, validationAccuracy: NaN },
      trainAccuracy: i < 5 ? 0.1 : later,
    }));
  expect(leastShare(epochs(400, 0.97))).toBe(0.9);
  expect(leastShare(epochs(400, 0.9))).toBe(0.8);
  expect(leastShare(epochs(400, 0))).toBe(0);
  expect(leastShare(epochs(20, 0.97))).toBe(0);
});
