// Which model is kept, in a sentence, and the other one in another.
import { expect, test } from 'vitest';
import { keepOtherLabel, keptWords, willKeep } from '#renderer/words/kept-words';
import type { Receipt } from '#shared/run-event';

const final = (loss: number): Receipt['final'] => {
  const metrics = { loss, accuracy: 0.9, samples: 10 };
  return { train: metrics, validation: metrics };
};
const done = { epochs: 2000, steps: 4000 };
const best = { of: 'best epoch', epoch: 104, step: 208 } as const;
const last = { of: 'last step', epoch: 2000, step: 4000 } as const;

test('the best or the last, with what the other one has', () => {
  expect(keptWords({ done, model: best, final: final(0.0283), other: { ...last, final: final(0.0498) } })).toBe(
    'Kept: the model of epoch 104, the best by validation loss (0.0283). The last, of epoch 2,000, has 0.0498.',
  );
  expect(keptWords({ done, model: last, final: final(0.0498), other: { ...best, final: final(0.0283) } })).toBe(
    'Kept: the last model, of epoch 2,000 (validation loss 0.0498). The best, of epoch 104, has 0.0283.',
  );
  expect([best, last].map(keepOtherLabel)).toEqual(['Keep that of epoch 104 instead', 'Keep the last instead']);
});

test('ended within an epoch, the last may be better than the best after a whole one', () => {
  const within = { of: 'last step', epoch: 111, step: 223 } as const;
  expect(keptWords({ done, model: within, final: final(0.056), other: { ...best, final: final(0.0572) } })).toBe(
    'Kept: the last model, of epoch 111 (validation loss 0.0560). The best after a whole epoch, of epoch 104, has 0.0572.',
  );
});

test('where the last is the best, where none is known, and of older versions', () => {
  expect(keptWords({ done, model: { ...last, of: 'best epoch' }, final: final(0.02) })).toBe(
    'Kept: the model of epoch 2,000, the last and the best by validation loss (0.0200).',
  );
  expect(keptWords({ done, model: last, final: { train: final(0.02).train } })).toBe(
    'Kept: the last model, of epoch 2,000; nothing was held out to find the best by.',
  );
  expect(keptWords({ model: { of: 'last step', step: 9 }, final: final(0.1) })).toBeUndefined();
});

test('the same rule is said before', () => {
  expect(willKeep({}, 20)).toBe(willKeep({ finalModel: 'best' }, 20));
  expect(willKeep({}, 20)).toContain('lowest validation loss');
  expect(willKeep({ finalModel: 'last' }, 20)).toBe('The model of the last one is kept.');
  // With nothing held out there is no best, but for a run that waits for a lower training loss.
  expect(willKeep({}, 0)).toBe(willKeep({ finalModel: 'last' }, 20));
  expect(willKeep({ patience: 3 }, 0)).toContain('lowest training loss');
});
