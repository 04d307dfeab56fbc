// Loss and accuracy by counts: sums that add up over micro-batches, mini-batches and epochs, and divide once, at the end.
import { argMax, cast, equal, scalar, stack, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Metrics } from '#shared/run-event';

export interface Totals {
  /** Σ weight × loss of the sample. */
  lossSum: number;
  /** Σ weight: the loss's own denominator. */
  weightSum: number;
  correct: number;
  samples: number;
}

export const NO_TOTALS: Totals = { lossSum: 0, weightSum: 0, correct: 0, samples: 0 };
/** Length of the vector that carries totals through compiled functions. */
export const TOTALS_LENGTH = 4;

/** One micro-batch's totals as a vector [4], in the order of the interface; labels [n] are int32. */
export function totalsOf(lossSum: Tensor, logits: Tensor, labels: Tensor, sampleWeights: Tensor): Tensor {
  const correct = sum(cast(equal(cast(argMax(logits, -1), 'int32'), labels), 'float32'));
  return stack([lossSum, sum(sampleWeights), correct, scalar(labels.shape[0])]);
}

export async function readTotals(vector: Tensor): Promise<Totals> {
  const [lossSum, weightSum, correct, samples] = await vector.data();
  return { lossSum, weightSum, correct, samples };
}

export const addTotals = (a: Totals, b: Totals): Totals => ({
  lossSum: a.lossSum + b.lossSum,
  weightSum: a.weightSum + b.weightSum,
  correct: a.correct + b.correct,
  samples: a.samples + b.samples,
});

/** Zero samples give loss and accuracy 0. */
export const metricsOf = ({ lossSum, weightSum, correct, samples }: Totals): Metrics => ({
  loss: weightSum > 0 ? lossSum / weightSum : 0,
  accuracy: samples > 0 ? correct / samples : 0,
  samples,
});
