// What the figures of the expected pace are fitted by.
import { expect, test } from 'vitest';
import { nonNegativeLeastSquares } from '../../bench/least-squares';

const ROWS = [
  [1, 0, 2],
  [0, 3e6, 1],
  [4, 1e6, 0],
  [1, 1e6, 5],
];
const times = (rows: number[][], by: number[]): number[] => rows.map((row) => row.reduce((sum, value, j) => sum + value * by[j], 0));

test('finds what the targets were made of, whatever the columns’ units', () => {
  const [a, b, c] = nonNegativeLeastSquares(ROWS, times(ROWS, [2, 5e-6, 0.25]));
  expect([a, b * 1e6, c]).toEqual([expect.closeTo(2, 6), expect.closeTo(5, 6), expect.closeTo(0.25, 6)]);
});

test('what would be less than nothing is nothing, and the others make the best of it', () => {
  // Two columns and a target between: with b held at 0 the best a is the mean of 1 and 3.
  const [a, b] = nonNegativeLeastSquares([[1, 1], [1, 0]], [1, 3]); // prettier-ignore
  expect([a, b]).toEqual([expect.closeTo(2, 9), 0]);
  // The control: the other way round it is needed.
  expect(nonNegativeLeastSquares([[1, 1], [1, 0]], [3, 1])).toEqual([expect.closeTo(1, 6), expect.closeTo(2, 6)]); // prettier-ignore
  expect(nonNegativeLeastSquares([[1, 0], [2, 0]], [1, 2])).toEqual([expect.closeTo(1, 9), 0]); // prettier-ignore
});
