// Waiting runs of one name are told apart by the settings that differ.
import { expect, test } from 'vitest';
import { differingWords } from '#renderer/words/differing-settings';
import { DEFAULT_SPEC } from '#shared/run-spec';

test('alone, by optimizer and learning rate; behind another, by what is not as there', () => {
  expect(differingWords(DEFAULT_SPEC)).toEqual(['Adam', 'learning rate 0.005']);
  const sgd = { ...DEFAULT_SPEC, optimizer: 'sgd', learningRate: 0.1 } as const;
  expect(differingWords(sgd, DEFAULT_SPEC)).toEqual(['SGD', 'learning rate 0.1']);
  expect(differingWords({ ...DEFAULT_SPEC, seed: 2, budgetBytes: 4e6, patience: 5 }, DEFAULT_SPEC)).toEqual([
    'memory budget 4.00 MB',
    'seed 2',
    'stops early after 5 epochs without a better one',
  ]);
  expect(differingWords(DEFAULT_SPEC, { ...DEFAULT_SPEC, dropout: 0.2 })).toEqual(['dropout as usual']);
  const other = { ...DEFAULT_SPEC, model: 'resnet-18', start: 'imagenet' } as const;
  expect(differingWords(DEFAULT_SPEC, other)).toEqual(['from scratch']);
  // What the name or the words behind it tell is not told twice.
  expect(differingWords({ ...DEFAULT_SPEC, batch: 64, epochs: 9 }, DEFAULT_SPEC)).toEqual([]);
});
