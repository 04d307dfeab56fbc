// What the project for a cluster saves is what the run saved.
import { expect, test } from 'vitest';
import { settingsOf } from '#exports/pytorch/settings';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { buildModel } from '#trainer/build-model';

const network = buildModel('mlp', {}, { inputShape: [4], classes: 2 });
const run = (settings: Partial<RunSpec>, held: number) => ({
  ...{ network, spec: { ...DEFAULT_SPEC, ...settings }, micro: 4, classCounts: [1, 1] },
  data: { validation: new Int32Array(held) },
});
const keepsBest = (settings: Partial<RunSpec>, held = 4) => settingsOf(run(settings, held), 'probabilities').keeps_best;

test('the best epoch, unless the last was asked for or none is known', () => {
  expect(keepsBest({})).toBe(true);
  expect(keepsBest({}, 0)).toBe(false);
  expect(keepsBest({ finalModel: 'best' })).toBe(true);
  expect(keepsBest({ patience: 8 })).toBe(true);
  expect(keepsBest({ patience: 8, finalModel: 'last' })).toBe(false);
});
