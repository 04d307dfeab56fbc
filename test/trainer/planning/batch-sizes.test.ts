// The batch sizes beside the one that is asked for.
import { expect, test } from 'vitest';
import { batchesBeside } from '#trainer/planning/batch-sizes';

test.each([
  [256, 10_000, [32, 64, 128, 256, 512, 1_024]],
  [100, 10_000, [16, 32, 64, 100, 128, 256, 512]],
  [1, 10_000, [1, 2, 4]],
  // None is larger than what is trained on.
  [256, 1_437, [32, 64, 128, 256, 512, 1_024]],
  [1_024, 1_437, [128, 256, 512, 1_024, 1_437]],
  [300, 300, [32, 64, 128, 256, 300]],
  [1, 1, [1]],
])('of %i in %i samples', (asked, train, sizes) => {
  expect(batchesBeside(asked, train)).toEqual(sizes);
});
