// What a spec means where it leaves something out, and what it may not ask for.
import { expect, it } from 'vitest';
import { CATALOGUE } from '#engine/models/catalogue';
import { weightCount } from '#engine/network';
import { withTrainedPart } from '#engine/trained-part';
import { DEFAULT_SPEC, MODEL_NAMES, specProblems, trailsAtFirst, type RunSpec } from '#shared/run-spec';
import { TRAINED_PARTS, trainedPartsOf } from '#shared/start-settings';

it('statistics trail behind training where batch normalization learns them, not where a trained start keeps them', () => {
  const trails = (settings: Partial<RunSpec>) => trailsAtFirst({ ...DEFAULT_SPEC, model: 'efficientnet-lite0', ...settings });
  expect(trails({})).toBe(true);
  expect(trails({ start: 'imagenet' })).toBe(false);
  expect(trails({ start: 'imagenet', batchNorm: 'per-micro-batch' })).toBe(true);
  expect(trails({ normalization: 'group' })).toBe(false);
  expect(trails({ model: 'mlp' })).toBe(false);
});

it.each(MODEL_NAMES)('of %s a part is trained only where that is not everything', (model) => {
  const network = CATALOGUE[model].build([64, 64, 3], 10);
  const parts = TRAINED_PARTS.filter(
    (part) => part === 'everything' || weightCount(withTrainedPart(network, part), true) < weightCount(network, true),
  );
  expect(trainedPartsOf(model)).toEqual(parts);
  const asked = TRAINED_PARTS.map((trains) => specProblems({ ...DEFAULT_SPEC, model, start: 'run:1', trains }).trains);
  expect(asked).toEqual(TRAINED_PARTS.map((part) => (parts.includes(part) ? undefined : expect.stringContaining('Choose'))));
});

it('exact batch normalization computes in float32', () => {
  const asked = (settings: Partial<RunSpec>) => specProblems({ ...DEFAULT_SPEC, model: 'resnet-8', ...settings }).precision;
  expect(asked({ precision: 'float16', batchNorm: 'exact' })).toContain('Leave fast mode off');
  expect(asked({ precision: 'float16' })).toBeUndefined();
  expect(asked({ precision: 'bfloat16', batchNorm: 'exact' })).toBeUndefined();
});

it('a model of a person’s own has the normalization that its file has', () => {
  const own = { ...DEFAULT_SPEC, model: 'own', start: 'model:x' } as const;
  expect(specProblems({ ...own, normalization: 'group' })).toEqual({
    normalization: expect.stringContaining('Leave the normalization out'),
  });
  expect(specProblems(own)).toEqual({});
});
