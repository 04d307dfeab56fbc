// What a network is trained for: the targets a sample has, the loss with its own denominator, and the counts its metrics add up.
// Everything is a sum until the end: a mini-batch's pieces add, and one division makes the mean (METHOD.md, 1).
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Shape } from '../layers/layer';
import type { TensorSpec } from '../runtime';

/** One target of one sample, without the batch axis: [] for a class index, the output's shape for masks, multi-hot rows and values. */
export interface TargetSpec {
  shape: Shape;
  dtype: TensorSpec['dtype'];
}

export interface LossSum {
  /** Σ weight × loss; differentiable in the output. */
  sum: Scalar;
  /** The loss's own denominator W of these samples: samples, the sum of class weights, unmasked pixels. */
  weight: Scalar;
}

/** Why a loss is not the sum of its samples' losses, as the end of "…, because". */
export interface WholeBatchOnly {
  because: string;
  remedy: string;
}

export interface Loss {
  readonly name: string;
  /** Targets of one sample, from the shape of the network's output for one sample. */
  targets(output: Shape): TargetSpec[];
  /**
   * @param output [n, …] logits or values
   * @param targets each [n, …target's shape]
   * @param sampleWeights [n]; a sample of weight 0 adds nothing
   */
  sum(output: Tensor, targets: Tensor[], sampleWeights: Tensor1D): LossSum;
  /** Present where the loss looks at the whole mini-batch at once, so that cutting it would change it. */
  readonly wholeBatchOnly?: WholeBatchOnly;
}

/** What a metric sees of one piece. Sample weights are the loss's business: a metric counts every sample that is not masked. */
export interface MetricPiece {
  /** [n, …] */
  output: Tensor;
  targets: Tensor[];
  /** This metric's counts of the pieces before, [length]. */
  carried(): Tensor;
}

export interface Metric {
  /** How many counts it keeps for a network with outputs of this shape. */
  length(output: Shape): number;
  /** What to add to the carried counts, [length]. */
  tally(piece: MetricPiece): Tensor;
  /** Counts of two mini-batches in one, in 64 bits; absent where they add. */
  merge?(a: readonly number[], b: readonly number[]): number[];
  /** The numbers a person reads, from the counts. */
  scores(counts: readonly number[]): Score[];
}

/** As ScoreReading, NaN where that has null. */
export interface Score {
  /** In one word or two, e.g. "accuracy", "F1". */
  name: string;
  value: number;
  each?: number[];
  within?: number;
}

export interface Objective {
  loss: Loss;
  /** Counted in every training step; keep them few. */
  stepMetrics: readonly Metric[];
  /** Counted in validation. */
  evaluationMetrics: readonly Metric[];
}
