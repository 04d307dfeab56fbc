// Weights of classes are offered where classes are of very different sizes, and only there.
import { expect, test } from 'vitest';
import { imbalanceSentence } from '#renderer/words/class-balance';

const sizes = (...counts: number[]) => counts.map((count, i) => ({ label: `c${i}`, count }));

test('from three times the smallest class on, in numbers; classes without samples are passed over', () => {
  expect(imbalanceSentence(sizes(299, 100), 'pictures')).toBeUndefined();
  expect(imbalanceSentence(sizes(300, 100, 150), 'pictures')).toMatch(/^There are 300 pictures of “c0” and 100 of “c1” to learn from\./);
  expect(imbalanceSentence(sizes(50, 0), 'rows')).toBeUndefined();
  expect(imbalanceSentence([], 'rows')).toBeUndefined();
});
