// Where a model looked: drawn without steps, and said in words that fit what is drawn.
import { expect, test } from 'vitest';
import type { WhereLooked } from '#shared/asking';
import { smoothed, strongestPart, whereSentence } from '#renderer/words/where-words';

const looked = (columns: number, strengths: number[], more: Partial<WhereLooked> = {}): WhereLooked => ({
  label: 'cat',
  method: 'grad-cam',
  columns,
  rows: strengths.length / columns,
  strengths: Float32Array.from(strengths),
  probability: 0.9,
  ...more,
});

test('between the middles of two places the strength goes straight from one to the other', () => {
  const drawn = smoothed(looked(2, [0, 1]), 8, 1);
  expect([...drawn]).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]);
  expect([...smoothed(looked(1, [0.5]), 2, 2)]).toEqual([0.5, 0.5, 0.5, 0.5]);
});

test('the strongest part has a name', () => {
  const at = (place: number) =>
    strongestPart(
      looked(
        5,
        Array.from({ length: 25 }, (_, i) => (i === place ? 1 : 0)),
      ),
    );
  expect([0, 2, 4, 10, 12, 14, 20, 22, 24].map(at)).toEqual([
    'at the top left',
    'at the top',
    'at the top right',
    'at the left',
    'in the middle',
    'at the right',
    'at the bottom left',
    'at the bottom',
    'at the bottom right',
  ]);
});

test('the sentence says what the method found, and where there is nothing, that', () => {
  expect(whereSentence(looked(2, [0, 0, 0, 1]))).toBe(
    'The coloured parts raise the model’s score for “cat” (90.0 %), most at the bottom right.',
  );
  expect(whereSentence(looked(2, [1, 0, 0, 0], { method: 'occlusion' }))).toMatch(/covered, they lower the model’s score for “cat”/);
  expect(whereSentence(looked(2, [0, 0, 0, 0], { probability: 0.02 }))).toBe('Nothing in this picture speaks for “cat” (2.0 %).');
});
