// What a table's model says about a row, from what its network gives.
import type { RowPrediction } from '#shared/prediction';
import type { TableMetadata } from './layers-model';

/** @param values of one row: probabilities, or the standardized number */
export function rowAnswer({ labels, output, target, table }: TableMetadata, values: ArrayLike<number>): RowPrediction {
  if (output === 'value') {
    const { mean, deviation } = table.fit.target ?? { mean: 0, deviation: 1 };
    return { kind: 'number', target, value: values[0] * deviation + mean };
  }
  const classes = labels.map((label, i) => ({ label, probability: values[i] }));
  return { kind: 'class', target, classes: classes.sort((a, b) => b.probability - a.probability) };
}
