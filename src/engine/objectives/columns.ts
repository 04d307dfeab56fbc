// Several outputs side by side in the last axis of one, each with a loss, a target and metrics of its own.
import { add, mul, slice, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '../layers/layer';
import type { Loss, Metric, Objective } from './objective';

export interface Part {
  columns: number;
  objective: Objective;
  /** What its loss is multiplied by. */
  weight?: number;
  /** Goes before the names of its scores. */
  name?: string;
}

/**
 * The loss is Σ weight × the parts' loss sums over the summed weight of the samples: one denominator for all, since a gradient has but one
 * divisor. A part's own (class weights, unmasked pixels) is not used; give it the reduction "sample" for a mean within each sample.
 */
export function columns(parts: readonly Part[]): Objective {
  const losses = parts.map(({ objective }) => objective.loss);
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((at, part) => at + part.columns, 0));
  const shapeOf = (i: number, output: Shape): Shape => [...output.slice(0, -1), parts[i].columns];
  const cut = (i: number, output: Tensor): Tensor =>
    slice(output, [...output.shape.slice(1).map(() => 0), starts[i]], [...output.shape.slice(0, -1), parts[i].columns]);
  const targetsOf = (i: number, output: Shape): [from: number, to: number] => {
    const counts = losses.map((loss, k) => loss.targets(shapeOf(k, output)).length);
    const from = counts.slice(0, i).reduce((a, b) => a + b, 0);
    return [from, from + counts[i]];
  };

  const loss: Loss = {
    name: losses.map(({ name }) => name).join(' and '),
    targets: (output) => losses.flatMap((part, i) => part.targets(shapeOf(i, output))),
    sum: (output, targets, sampleWeights) => {
      const shape = output.shape.slice(1);
      const sums = losses.map((part, i) =>
        mul(part.sum(cut(i, output), targets.slice(...targetsOf(i, shape)), sampleWeights).sum, parts[i].weight ?? 1),
      );
      return { sum: sums.reduce((a: Tensor, b) => add(a, b)) as Scalar, weight: sum(sampleWeights) as Scalar };
    },
    wholeBatchOnly: losses.find(({ wholeBatchOnly }) => wholeBatchOnly)?.wholeBatchOnly,
  };

  const partMetrics = (of: 'stepMetrics' | 'evaluationMetrics'): Metric[] =>
    parts.flatMap(({ objective, name }, i) =>
      objective[of].map((metric): Metric => ({
        ...metric,
        length: (output) => metric.length(shapeOf(i, output)),
        tally: ({ output, targets, carried }) =>
          metric.tally({ output: cut(i, output), targets: targets.slice(...targetsOf(i, output.shape.slice(1))), carried }),
        scores: (counts) => metric.scores(counts).map((score) => (name ? { ...score, name: `${name}: ${score.name}` } : score)),
      })),
    );
  return { loss, stepMetrics: partMetrics('stepMetrics'), evaluationMetrics: partMetrics('evaluationMetrics') };
}
