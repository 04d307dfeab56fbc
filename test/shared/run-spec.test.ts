// What a spec means where it leaves something out, and what it may not ask for.
import { expect, it } from 'vitest';
import { DEFAULT_SPEC, trailsAtFirst, type RunSpec } from '#shared/run-spec';

it('statistics trail behind training where batch normalization learns them, not where a trained start keeps them', () => {
  const trails = (settings: Partial<RunSpec>) => trailsAtFirst({ ...DEFAULT_SPEC, model: 'efficientnet-lite0', ...settings });
  expect(trails({})).toBe(true);
  expect(trails({ start: 'imagenet' })).toBe(false);
  expect(trails({ start: 'imagenet', batchNorm: 'per-micro-batch' })).toBe(true);
  expect(trails({ normalization: 'group' })).toBe(false);
  expect(trails({ model: 'mlp' })).toBe(false);
});
