// Positions of an output: a picture's pixels, a row's columns, or the sample itself. Weights and masks belong to them.
import { cast, div, greater, maximum, mul, oneHot, reshape, sum, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { LossSum } from './objective';

/**
 * How positions become one loss. "position": W is the summed weight of all positions, so every one of them counts alike; "sample": first the
 * mean of each sample's own, W is the summed weight of the samples, so every picture counts alike however much of it is masked.
 */
export type Reduction = 'position' | 'sample';

/** Below any weight in use; a divisor of 0 would make 0 ÷ 0. */
const LEAST = 1e-30;

/** Everything but the last axis as one: [n, h, w, c] → [n·h·w, c]. */
export const rowsOf = (output: Tensor): Tensor => (output.rank === 2 ? output : reshape(output, [-1, output.shape[output.rank - 1]]));

/** Everything but the first axis as one: [n, h, w, c] → [n, h·w·c]. */
export const samplesOf = (x: Tensor): Tensor => (x.rank === 2 ? x : reshape(x, [x.shape[0], -1]));

/** Class indices as rows of 0 and 1, [rows, classes]; all 0 where the index is no class. */
export const hotRows = (indices: Tensor, classes: number): Tensor =>
  // As float32 directly, the WASM kernel of tfjs 4.22 writes the bits of integers.
  cast(oneHot(indices.rank === 1 ? (indices as Tensor1D) : reshape(indices, [-1]), classes), 'float32');

/** a ÷ b, and 0 where b is 0; b is not negative. */
export const share = (a: Tensor, b: Tensor): Tensor => div(a, maximum(b, LEAST));

interface Weighted {
  /** [n, positions], finite everywhere, masked or not. */
  losses: Tensor;
  /** What each position's loss is multiplied by, [n, positions]; 0 where it is masked. */
  weights: Tensor;
  /** What each position adds to the denominator, where that is not its weight. */
  counted?: Tensor;
}

/** Loss sum and denominator of one piece; sampleWeights [n]. */
export function reduce({ losses, weights, counted = weights }: Weighted, sampleWeights: Tensor1D, reduction: Reduction): LossSum {
  if (reduction === 'sample') return sampleSums(share(sum(mul(losses, weights), 1), sum(counted, 1)), sampleWeights, counted);
  const perSample = reshape(sampleWeights, [-1, 1]);
  return { sum: sum(mul(mul(losses, weights), perSample)) as Scalar, weight: sum(mul(counted, perSample)) as Scalar };
}

/** One loss a sample, [n]; a sample of which no position counts has no weight. */
export function sampleSums(losses: Tensor, sampleWeights: Tensor1D, counted: Tensor): LossSum {
  const weights = mul(sampleWeights, cast(greater(sum(counted, 1), 0), 'float32'));
  return { sum: sum(mul(losses, weights)) as Scalar, weight: sum(weights) as Scalar };
}
