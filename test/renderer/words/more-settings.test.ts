// Every setting beside the plan form's own is told by name and value, and none that is not set.
import { expect, test } from 'vitest';
import { moreOf, moreSettings } from '#renderer/words/more-settings';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';

const told = (over: Partial<RunSpec>) => moreSettings({ ...DEFAULT_SPEC, ...over }).map(({ name, value }) => `${name}: ${value}`);

test('a spec of the form alone has nothing more to tell, nor has what is undefined', () => {
  expect(told({})).toEqual([]);
  expect(told({ finalModel: undefined, batchNorm: 'exact', budgetBytes: 1e9 })).toEqual([]);
  expect(moreOf({ ...DEFAULT_SPEC, finalModel: undefined })).toEqual({});
});

test('settings in words', () => {
  const words = told({
    schedule: 'one-cycle',
    warmupEpochs: 1,
    clipNorm: 0.5,
    augment: { rotate: 10, flip: 0.5, cutout: 0 },
    savers: ['recompute', 'int8-activations'],
    precision: 'bfloat16',
    dropout: 0.3,
    workers: 0,
  });
  expect(words).toEqual([
    'Learning rate schedule: One cycle: up, then down',
    'Warm-up: 1 epoch',
    'Gradient norm clipped at: 0.5',
    'Dropout: 30.0 %',
    'Varied pictures: flip 0.5, rotate 10',
    'Memory savers: recompute activations, activations in 8 bits (approximate)',
    'Precision: bfloat16: fast, not identical',
    'Reading threads: 0',
  ]);
});
