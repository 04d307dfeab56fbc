// Lines between and beyond what is known.
import { expect, test } from 'vitest';
import { interpolate } from '#trainer/planning/interpolate';

test('between neighbours, and below the first', () => {
  const known = [
    [2, 20],
    [10, 100],
    [20, 150],
  ] as const;
  expect([2, 6, 15, 1].map((size) => interpolate(known, size))).toEqual([20, 60, 125, 10]);
  expect(interpolate([[4, 7]], 99)).toBe(7);
});

test('beyond the last by a line through sizes that are apart: chance between close ones makes nothing free', () => {
  expect(
    interpolate(
      [
        [2, 20],
        [62, 101],
        [63, 100],
      ],
      124,
    ),
  ).toBeCloseTo(100 + ((100 - 20) / 61) * 61);
  // The control: the last two alone fall below zero.
  expect(100 + (100 - 101) * (1_024 - 63)).toBeLessThan(0);
  expect(
    interpolate(
      [
        [2, 20],
        [62, 101],
        [63, 100],
      ],
      1_024,
    ),
  ).toBeGreaterThan(1_000);
  expect(
    interpolate(
      [
        [1, 50],
        [10, 40],
      ],
      100,
    ),
  ).toBe(40);
});
