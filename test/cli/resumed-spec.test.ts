// A run that goes on keeps the settings it was begun with; more epochs are welcome, fewer are refused.
import { expect, test } from 'vitest';
import { resumedSpec } from '#cli/resumed-spec';
import { DEFAULT_SPEC } from '#shared/run-spec';

const begun = { ...DEFAULT_SPEC, learningRate: 0.1, workers: 2 };

test('without options it is the spec of before', () => {
  expect(resumedSpec(begun, {})).toEqual(begun);
  expect(resumedSpec(begun, { epochs: begun.epochs })).toEqual(begun);
});

test('longer, on another engine, with other threads, for the best epoch', () => {
  const given = { epochs: 60, engine: 'wasm', workers: 0, finalModel: 'best' } as const;
  expect(resumedSpec(begun, given)).toEqual({ ...begun, ...given });
});

test('fewer epochs are refused with how many there are', () => {
  expect(() => resumedSpec(begun, { epochs: 3 })).toThrow(/has 15 epochs, .* cannot make it shorter/);
});
