// Whether an evaluation says that its samples chose the model: also where the epoch they chose is the run's last.
import { expect, test } from 'vitest';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { chosenBy } from '#trainer/evaluation/facts';

const LAST: Receipt['model'] = { of: 'last step', step: 9 };
const chosen = (settings: Partial<RunSpec>, more: Pick<Receipt, 'endedEarly' | 'model' | 'done'> = {}) =>
  'chosenBy' in chosenBy({ spec: { ...DEFAULT_SPEC, ...settings }, model: LAST, ...more });

test('they did where the best epoch is kept, also where that is the last one; otherwise not', () => {
  const done = { epochs: 9, steps: 9 };
  expect(chosen({}, { done, model: { of: 'best epoch', epoch: 9, step: 9 } })).toBe(true);
  expect(chosen({}, { done })).toBe(false);
});

test('receipts of older versions say it by their settings', () => {
  expect(chosen({ patience: 5 })).toBe(true);
  expect(chosen({ finalModel: 'best' })).toBe(true);
  expect(chosen({ patience: 5, finalModel: 'last' }, { endedEarly: { epoch: 9, waited: 5, best: 4 } })).toBe(true);
  expect(chosen({ patience: 5, finalModel: 'last' })).toBe(false);
  expect(chosen({})).toBe(false);
});
