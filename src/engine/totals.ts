// Loss and metrics by counts: sums that add up over micro-batches, mini-batches and epochs, and divide once, at the end.
import { add, concat, reshape, scalar, slice, stack, type Tensor } from '@tensorflow/tfjs-core';
import type { Metrics, ScoreReading } from '#shared/run-event';
import type { Shape } from './layers/layer';
import type { LossSum, Metric, Score } from './objectives/objective';

export interface Totals {
  /** Σ weight × loss. */
  lossSum: number;
  /** Σ weight: the loss's own denominator. */
  weightSum: number;
  samples: number;
  /** The metrics' counts one after another. */
  counts: number[];
}

export const NO_TOTALS: Totals = { lossSum: 0, weightSum: 0, samples: 0, counts: [] };

/** Loss sum, weight sum and samples come first in the vector that carries totals through compiled functions. */
const HEAD = 3;

export const totalsLength = (metrics: readonly Metric[], output: Shape): number =>
  metrics.reduce((sum, metric) => sum + metric.length(output), HEAD);

/** Samples counted so far, [1], of a totals vector. */
export const samplesOf = (totals: Tensor): Tensor => slice(totals, [HEAD - 1], [1]);

/** The totals vector with one piece added; it has n = output.shape[0] samples. 32-bit counts are exact up to 2²⁴. */
export function addPiece(totals: Tensor, metrics: readonly Metric[], { sum, weight }: LossSum, output: Tensor, targets: Tensor[]): Tensor {
  let start = HEAD;
  const tallies = metrics.map((metric) => {
    const [at, length] = [start, metric.length(output.shape.slice(1))];
    start += length;
    return reshape(metric.tally({ output, targets, carried: () => slice(totals, [at], [length]) }), [length]);
  });
  return add(totals, concat([stack([sum, weight, scalar(output.shape[0])]), ...tallies]));
}

export async function readTotals(vector: Tensor): Promise<Totals> {
  const [lossSum, weightSum, samples, ...counts] = await vector.data();
  return { lossSum, weightSum, samples, counts };
}

/** `a` and `b` hold counts of the same metrics for outputs of the same shape, or of no samples at all. */
export function addTotals(a: Totals, b: Totals, metrics: readonly Metric[], output: Shape): Totals {
  let start = 0;
  const counts = metrics.flatMap((metric) => {
    const [from, to] = [start, (start += metric.length(output))];
    const [ofA, ofB] = [a.counts.slice(from, to), b.counts.slice(from, to)];
    if (ofA.length === 0 || ofB.length === 0) return ofA.length === 0 ? ofB : ofA;
    return metric.merge ? metric.merge(ofA, ofB) : ofA.map((count, i) => count + ofB[i]);
  });
  return { lossSum: a.lossSum + b.lossSum, weightSum: a.weightSum + b.weightSum, samples: a.samples + b.samples, counts };
}

/** A loss of no weight is not a number, and no samples have no scores. */
export function metricsOf({ lossSum, weightSum, samples, counts }: Totals, metrics: readonly Metric[], output: Shape): Metrics {
  let start = 0;
  const scores = metrics.flatMap((metric) => {
    const taken = counts.slice(start, (start += metric.length(output)));
    return taken.length === 0 ? [] : metric.scores(taken);
  });
  const others = scores.filter(({ name }) => name !== 'accuracy').map((score): [string, ScoreReading] => [score.name, reading(score)]);
  return {
    loss: weightSum > 0 ? lossSum / weightSum : NaN,
    accuracy: scores.find(({ name }) => name === 'accuracy')?.value ?? NaN,
    samples,
    ...(others.length > 0 ? { scores: Object.fromEntries(others) } : {}),
  };
}

/** As JSON can hold it. */
function reading({ value, each, within }: Score): ScoreReading {
  const known = (x: number): number | null => (Number.isNaN(x) ? null : x);
  return {
    value: known(value),
    ...(each ? { each: each.map(known) } : {}),
    ...(within !== undefined && !Number.isNaN(within) ? { within } : {}),
  };
}
