// A loss of masks, one for each class, from one class index a pixel: each class's mask is 1 where the index is its own.
import { cast, equal, mul, reshape, sub } from '@tensorflow/tfjs-core';
import { countedLabels } from '../metrics/decisions';
import type { Loss } from '../objective';
import { hotRows } from '../positions';

/** Outputs [n, h, w, c] with targets [n, h, w]. Pixels with the index `ignore` are masked, which such losses know as −1. */
export const ofClasses = (loss: Loss, ignore: number): Loss => ({
  ...loss,
  targets: (output) => [{ shape: output.slice(0, -1), dtype: 'int32' }],
  sum: (output, [labels], sampleWeights) => {
    const { labels: known } = countedLabels(labels, ignore);
    const masked = cast(equal(reshape(labels, [-1, 1]), ignore), 'float32');
    // An ignored index was written as 0, so a pixel's row holds 0 or 1 before 2 is taken from it.
    const rows = sub(hotRows(known, output.shape[output.rank - 1]!), mul(masked, 2));
    return loss.sum(output, [reshape(rows, output.shape)], sampleWeights);
  },
});
