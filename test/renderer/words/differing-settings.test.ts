// Runs that wait are told apart by the settings in which they are not all alike, each by its own.
import { expect, test } from 'vitest';
import { differingWords } from '#renderer/words/differing-settings';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';

const told = (spec: RunSpec, ...others: RunSpec[]): string[] => differingWords(spec, others, 'pictures');

test('alone by nothing; beside another by what is not as there, whichever stands first', () => {
  expect(told(DEFAULT_SPEC)).toEqual([]);
  const sgd = { ...DEFAULT_SPEC, optimizer: 'sgd', learningRate: 0.1 } as const;
  expect([told(sgd, DEFAULT_SPEC), told(DEFAULT_SPEC, sgd)]).toEqual([
    ['SGD', 'learning rate 0.1'],
    ['Adam', 'learning rate 0.005'],
  ]);
  expect(told({ ...DEFAULT_SPEC, seed: 2, budgetBytes: 4e6, patience: 5 }, DEFAULT_SPEC)).toEqual([
    'memory budget 4.00 MB',
    'seed 2',
    'stops early after 5 epochs without a better one',
  ]);
  // Told from all of them, not from the nearest alone.
  expect(told(DEFAULT_SPEC, DEFAULT_SPEC, { ...DEFAULT_SPEC, seed: 2 })).toEqual(['seed 1']);
});

test('what only another has is said in words of this one', () => {
  expect(told(DEFAULT_SPEC, { ...DEFAULT_SPEC, patience: 5, minEpochs: 3 })).toEqual(['does not stop early']);
  expect(told(DEFAULT_SPEC, { ...DEFAULT_SPEC, schedule: 'cosine', dropout: 0.2 })).toEqual(['constant learning rate', 'dropout as usual']);
  expect(told({ ...DEFAULT_SPEC, schedule: 'cosine' }, DEFAULT_SPEC)).toEqual(['half a cosine down to zero']);
  const other = { ...DEFAULT_SPEC, model: 'resnet-18', start: 'imagenet' } as const;
  expect(told(DEFAULT_SPEC, other)).toEqual(['from scratch']);
  // What the name or the words behind it tell is not told twice.
  expect(told({ ...DEFAULT_SPEC, batch: 64, epochs: 9 }, DEFAULT_SPEC)).toEqual([]);
});

test('the loss that is usual is that of the kind of data', () => {
  const [usual, huber] = [DEFAULT_SPEC, { ...DEFAULT_SPEC, loss: 'huber' } as const];
  expect(differingWords(usual, [huber], 'regression')).toEqual(['loss Squared error']);
  expect(differingWords(usual, [huber], 'pictures')).toEqual(['loss Cross-entropy']);
});
