// Each word of the Plan page that a person meets there for the first time is explained, once, in a sentence or two.
import { expect, test } from 'vitest';
import { glossary } from '#renderer/words/glossary';

test.each(['pictures', 'masks', 'classification', 'regression'] as const)('of %s', (sort) => {
  const words = new Map(glossary(sort));
  expect(words.size).toBe(glossary(sort).length);
  for (const term of ['Batch', 'Piece', 'Epoch', 'Loss', 'Validation', 'Learning rate', 'Peak', 'Check it'])
    expect(words.has(term), term).toBe(true);
  expect(words.has('Batch normalization')).toBe(sort === 'pictures' || sort === 'masks');
  for (const [term, meaning] of words) expect(meaning, term).toMatch(/^[A-Z].{20,190}\.$/);
});
