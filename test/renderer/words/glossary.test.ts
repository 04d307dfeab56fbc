// Each word of the Plan page, and of a run's figures, that a person meets there for the first time is explained, once, in a sentence or two.
import { expect, test } from 'vitest';
import { glossary } from '#renderer/words/glossary';
import { runGlossary } from '#renderer/words/run-glossary';
import { DATA_SORTS } from '#shared/data-sort';

test.each(['pictures', 'masks', 'classification', 'regression'] as const)('of %s', (sort) => {
  const words = new Map(glossary(sort));
  expect(words.size).toBe(glossary(sort).length);
  for (const term of [
    'Batch',
    'Piece',
    'Epoch',
    'Loss',
    'Validation',
    'Learning rate',
    'Peak',
    'Linear rule',
    'Square-root rule',
    'Check it',
    'Forecast',
    'Measured',
    'Fit',
    'Chosen',
    'Warm-up',
  ])
    expect(words.has(term), term).toBe(true);
  expect(words.has('Batch normalization')).toBe(sort === 'pictures' || sort === 'masks');
  for (const [term, meaning] of words) expect(meaning, term).toMatch(/^[A-Z].{20,190}\.$/);
});

test('the words of a run are there too, those of the plan with the same meaning', () => {
  for (const sort of DATA_SORTS) {
    const ofRun = new Map(runGlossary(sort));
    for (const term of ['Loss', 'Validation', 'Epoch', 'Learning rate'])
      expect(ofRun.get(term), term).toBe(new Map(glossary(sort)).get(term));
    expect(['Accuracy', 'IoU and Dice', 'R²'].filter((term) => ofRun.has(term))).toHaveLength(1);
  }
});
