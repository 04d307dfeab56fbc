// What the project for a cluster saves is what the run saved.
import { expect, test } from 'vitest';
import { settingsOf } from '#exports/pytorch/settings';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { buildModel } from '#trainer/build-model';

const network = buildModel('mlp', {}, { inputShape: [4], classes: 2 });
const run = (settings: Partial<RunSpec>) => ({ network, spec: { ...DEFAULT_SPEC, ...settings }, micro: 4, classCounts: [1, 1] });
const keepsBest = (settings: Partial<RunSpec>) => settingsOf(run(settings), 'probabilities').keeps_best;

test('the best epoch where the run kept it, because it was asked to or had a patience', () => {
  expect(keepsBest({})).toBe(false);
  expect(keepsBest({ finalModel: 'best' })).toBe(true);
  expect(keepsBest({ patience: 8 })).toBe(true);
  expect(keepsBest({ patience: 8, finalModel: 'last' })).toBe(false);
});
