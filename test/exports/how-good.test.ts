// What an export says of how good its model is: the test part where there is one, else what the model may have been chosen by; nothing of nothing.
import { expect, it } from 'vitest';
import { howGood } from '#exports/how-good';
import type { Metrics, Receipt } from '#shared/run-event';

type Told = Pick<Receipt, 'dataset' | 'final' | 'testScoresBefore'>;
const metrics = (samples: number, more: Partial<Metrics> = {}): Metrics => ({ loss: 1, accuracy: 0.75, samples, ...more });
const run = (final: Partial<Told['final']>, more: Partial<Told> = {}) =>
  howGood({
    dataset: { name: 'birds', contentHash: 'h', labels: ['a', 'b'], train: 9, validation: 4 },
    final: { train: metrics(9), ...final },
    ...more,
  });
const CHOSEN = ' The model may have been chosen by these: expect a little less of new pictures.';

it('the validation part, and that it may flatter', () => {
  expect(run({ validation: metrics(1_200) })).toBe(`On 1,200 validation pictures, which it did not learn from: 75.0 % right.${CHOSEN}`);
  const scores = { IoU: { value: 0.5 }, Dice: { value: 0.6 } };
  expect(run({ validation: metrics(4, { scores }) })).toContain('from: mean IoU 0.500, Dice 0.600. The model');
});

it('the test part alone, where there is one; it flatters only where the run went on after it was scored', () => {
  const final = { validation: metrics(4), test: metrics(8) };
  expect(run(final)).toBe('On 8 test pictures, which it did not learn from: 75.0 % right.');
  expect(run(final, { testScoresBefore: 1 })).toBe(`On 8 test pictures, which it did not learn from: 75.0 % right.${CHOSEN}`);
});

it('nothing where nothing was held out, or no receipt is there', () => {
  expect([run({}), howGood()]).toEqual([undefined, undefined]);
});
