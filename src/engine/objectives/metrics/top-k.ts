// Top-k accuracy: the share of samples whose class is among the k largest outputs; of equal outputs the first counts as larger, as for argmax.
import { add, cast, equal, greater, less, lessEqual, mul, range, reshape, scalar, stack, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Metric } from '../objective';
import { hotRows, rowsOf } from '../positions';
import type { ClassMetricSettings } from './accuracy';
import { countedLabels } from './decisions';

const number = (condition: Tensor): Tensor => cast(condition, 'float32');

export const topK = (k = 5, { ignore }: ClassMetricSettings = {}): Metric => ({
  length: () => 2,
  tally: ({ output, targets }) => {
    const rows = rowsOf(output);
    const classes = rows.shape[1]!;
    const { labels, counted } = countedLabels(targets[0], ignore);
    const own = sum(mul(rows, hotRows(labels, classes)), -1, true);
    const isBefore = number(less(range(0, classes, 1, 'float32'), reshape(number(labels), [-1, 1])));
    const ahead = sum(add(number(greater(rows, own)), mul(number(equal(rows, own)), isBefore)), -1);
    const right = number(lessEqual(ahead, k - 1));
    return counted ? stack([sum(mul(right, counted)), sum(counted)]) : stack([sum(right), scalar(labels.size)]);
  },
  scores: ([right, counted]) => [{ name: `top-${k}`, value: right / counted }],
});
