// Accuracy: the share of samples, or of a mask's pixels, whose largest output is their class.
import { argMax, cast, equal, mul, notEqual, reshape, scalar, stack, sum } from '@tensorflow/tfjs-core';
import type { Metric } from '../objective';
import { rowsOf } from '../positions';

export interface ClassMetricSettings {
  /** Pixels with this index in their mask are not counted. */
  ignore?: number;
}

export const accuracy = ({ ignore }: ClassMetricSettings = {}): Metric => ({
  length: () => 2,
  tally: ({ output, targets }) => {
    const labels = targets[0].rank === 1 ? targets[0] : reshape(targets[0], [-1]);
    const right = cast(equal(cast(argMax(rowsOf(output), -1), 'int32'), labels), 'float32');
    if (ignore === undefined) return stack([sum(right), scalar(labels.size)]);
    const counts = cast(notEqual(labels, ignore), 'float32');
    return stack([sum(mul(right, counts)), sum(counts)]);
  },
  scores: ([right, counted]) => [{ name: 'accuracy', value: right / counted }],
});
