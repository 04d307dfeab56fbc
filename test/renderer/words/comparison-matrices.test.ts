// Confusion matrices for a report: counted from what each says, the baseline's first, then the differences.
import { expect, it } from 'vitest';
import { comparisonMatrices } from '#renderer/words/comparison-matrices';
import type { Compared } from '#renderer/words/comparison-words';

const compared = ['A', 'B', 'C'].map((letter) => ({ letter, run: { sort: 'pictures' } })) as unknown as Compared[];
const answers = {
  kind: 'classes' as const,
  labels: ['cat', 'dog'],
  indices: Int32Array.of(0, 1, 2, 3),
  truth: Int32Array.of(0, 0, 1, 1),
  answers: [Int32Array.of(0, 1, 1, 1), Int32Array.of(0, 0, 1, 0), Int32Array.of(0, 1, 1, 1)],
};

it('each run has its own, each of the others what it does otherwise', () => {
  const matrices = comparisonMatrices(answers, compared);
  expect(matrices.map(({ title }) => title)).toEqual(['A', 'B', 'C', 'B less A', 'C less A']);
  const values = matrices.map(({ rows }) => rows.map((row) => row.map(({ value }) => value)));
  expect(values[0]).toEqual([
    [1, 1],
    [0, 2],
  ]);
  expect(values[1]).toEqual([
    [2, 0],
    [1, 1],
  ]);
  expect(values[3]).toEqual([
    [1, -1],
    [1, -1],
  ]);
  expect(values[4]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(matrices[3].rows[0].map(({ text, colour }) => [text, colour])).toEqual([
    ['+1', 'better'],
    ['−1', 'better'],
  ]);
});

it('there is none of many classes, nor before the answers are known', () => {
  const labels = Array.from({ length: 25 }, (_, i) => String(i));
  expect([comparisonMatrices({ ...answers, labels }, compared), comparisonMatrices(undefined, compared)]).toEqual([[], []]);
});
