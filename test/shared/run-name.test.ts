// Runs that nobody named can be told apart.
import { expect, test } from 'vitest';
import { LONGEST_NAME, repeatedName, unlike, usualName } from '#shared/run-name';

test('the model is called what it is called everywhere', () => {
  expect(usualName('digits', { model: 'small-cnn', batch: 1024 })).toBe('digits, Small CNN, batch 1,024');
  expect(usualName('cats', { model: 'own', batch: 8 })).toBe('cats, own model, batch 8');
});

test('the first number that nobody has, within the longest name', () => {
  expect(unlike('a', new Set(['b', 'a (2)']))).toBe('a');
  expect(unlike('a', new Set(['a', 'a (2)', 'a (4)']))).toBe('a (3)');
  expect(unlike('a (2)', new Set(['a', 'a (2)']))).toBe('a (3)');
  const long = 'x'.repeat(LONGEST_NAME);
  expect(unlike(long, new Set([long]))).toBe(`${'x'.repeat(LONGEST_NAME - 4)} (2)`);
});

test('a run that repeats one that repeats another is called as that, its number left out', () => {
  expect(repeatedName('a (2)')).toBe('a (2), repeated');
  expect(repeatedName('a, repeated')).toBe('a, repeated');
  expect(repeatedName('a, repeated (3)')).toBe('a, repeated');
  expect(repeatedName('x'.repeat(LONGEST_NAME))).toHaveLength(LONGEST_NAME);
});
