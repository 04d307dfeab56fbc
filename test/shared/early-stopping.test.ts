// When a run ends early, and in which words.
import { expect, test } from 'vitest';
import { earlyEndSentence, endsAfter } from '#shared/early-stopping';
import { DEFAULT_SPEC, keepsBest, specProblems } from '#shared/run-spec';

test('it ends when so many epochs in a row brought nothing better, not before the fewest, and never without a patience', () => {
  const ends = (epoch: number, best?: number, since?: number) => endsAfter({ patience: 3 }, epoch, best, since);
  expect([4, 5, 6].map((epoch) => ends(epoch, 3))).toEqual([false, false, true]);
  expect(ends(2)).toBe(false);
  expect(ends(3), 'no loss was a number').toBe(true);
  expect(endsAfter({ patience: 3, minEpochs: 8 }, 6, 3)).toBe(false);
  expect(endsAfter({ patience: 3, minEpochs: 8 }, 8, 3)).toBe(true);
  expect(ends(12, 3, 10), 'made longer after epoch 10').toBe(false);
  expect(ends(13, 3, 10)).toBe(true);
  expect(endsAfter({}, 1000, 1)).toBe(false);
});

test('the sentence says what was waited for, when it ended and what is kept', () => {
  const end = { epoch: 23, waited: 6, best: 17 };
  expect(earlyEndSentence(end, 'validation', true)).toBe('Validation has not improved for 6 epochs: ended at epoch 23, kept epoch 17.');
  expect(earlyEndSentence({ ...end, waited: 1 }, 'training', false)).toBe('Training has not improved for 1 epoch: ended at epoch 23.');
  expect(earlyEndSentence({ epoch: 10, waited: 10 }, 'validation', true)).toBe(
    'The validation loss was no number in any epoch: ended at epoch 10. Train again with a smaller learning rate.',
  );
});

test('the best epoch is saved unless the last is asked for, where one is known: by validation, or by what a patience waits for', () => {
  expect(keepsBest({}, 20)).toBe(true);
  expect(keepsBest({ patience: 5, finalModel: 'last' }, 20)).toBe(false);
  expect(keepsBest({}, 0)).toBe(false);
  expect(keepsBest({ finalModel: 'best' }, 0)).toBe(false);
  expect(keepsBest({ patience: 5 }, 0)).toBe(true);
});

test('the fewest epochs need a patience', () => {
  expect(specProblems({ ...DEFAULT_SPEC, minEpochs: 5 })).toEqual({ minEpochs: expect.stringContaining('Set a patience') });
  expect(specProblems({ ...DEFAULT_SPEC, minEpochs: 5, patience: 2 })).toEqual({});
});
