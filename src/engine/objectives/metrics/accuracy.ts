// Accuracy: the share of samples, or of a mask's pixels, whose largest output is their class.
import { mul, scalar, stack, sum } from '@tensorflow/tfjs-core';
import type { Metric } from '../objective';
import { countedLabels, rightOnes } from './decisions';

export interface ClassMetricSettings {
  /** Pixels with this index in their mask are not counted. */
  ignore?: number;
}

export const accuracy = ({ ignore }: ClassMetricSettings = {}): Metric => ({
  length: () => 2,
  tally: ({ output, targets }) => {
    const { labels, counted } = countedLabels(targets[0], ignore);
    const right = rightOnes(output, labels);
    return counted ? stack([sum(mul(right, counted)), sum(counted)]) : stack([sum(right), scalar(labels.size)]);
  },
  scores: ([right, counted]) => [{ name: 'accuracy', value: right / counted }],
});
