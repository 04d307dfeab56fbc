// A typed word means a written one: the same, another form, a beginning, a slip of the finger; not one that only looks a little like it.
import { expect, test } from 'vitest';
import { distance, likeness, wordsOf } from '#renderer/state/word-match';

test('words are without case, accents and hyphens', () => {
  expect(wordsOf('Micro-batches: naïve, R²?')).toEqual(['micro', 'batches', 'microbatches', 'naive', 'r²']);
});

test.each([
  ['picture', 'pictures'],
  ['classes', 'class'],
  ['trained', 'training'],
  ['batches', 'batch'],
  ['dropuot', 'dropout'],
  ['acuracy', 'accuracy'],
  ['learnng', 'learning'],
  ['epo', 'epochs'],
  ['memry', 'memory'],
  ['normalisation', 'normalization'],
])('%s means %s', (typed, written) => expect(likeness(typed, written)).toBeGreaterThan(0));

test.each([
  ['run', 'sun'],
  ['data', 'dates'],
  ['loss', 'gloss'],
  ['batch', 'dropout'],
  ['e', 'epoch'],
])('%s does not mean %s', (typed, written) => expect(likeness(typed, written)).toBe(0));

test('the same counts for more than a form, that for more than a beginning, and a slip for least', () => {
  const order = ['batch', 'batches', 'batchwise', 'botch'].map((written) => likeness('batch', written));
  expect(order).toEqual([...order].sort((a, b) => b - a));
  expect(new Set(order).size).toBe(4);
});

test('letters that changed places are one slip', () => {
  expect([distance('ab', 'ba'), distance('abc', 'abc'), distance('abc', ''), distance('kitten', 'sitting')]).toEqual([1, 0, 3, 3]);
});
