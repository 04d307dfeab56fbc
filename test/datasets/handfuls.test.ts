// Handfuls keep the order, their number and their bytes; nothing is lost.
import { expect, test } from 'vitest';
import { handfuls } from '#datasets/handfuls';

const KB = 1_000;
const of = (most: number, ...sizes: number[]) => [...handfuls(sizes, most, (size) => size)];

test('several small ones, a large one alone, all in their order', () => {
  expect(of(3, 1, 2, 3, 4)).toEqual([[1, 2, 3], [4]]);
  expect(of(16, 1_600 * KB, 900 * KB, 1, 5_000 * KB, 2)).toEqual([[1_600 * KB, 900 * KB], [1], [5_000 * KB], [2]]);
  expect(of(1, 1, 2)).toEqual([[1], [2]]);
  expect(of(16)).toEqual([]);
});
