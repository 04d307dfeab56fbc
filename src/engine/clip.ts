// Clipping by the global norm, once a mini-batch: of the summed gradient, which is the mini-batch's only after its last micro-batch.
// As PyTorch's clip_grad_norm_. A norm that is no number also tells that a scaled gradient left float16 (loss-scale.ts).
import { add, sqrt, square, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Network } from './network';
import type { TensorFunction, TensorSpec } from './runtime';

/** clip_grad_norm_ adds it to the norm. */
const EPSILON = 1e-6;

/** [...gradient sums] → [their norm as one vector, a scalar]. One gradient's squares at a time. */
export const gradientNorm: TensorFunction = (sums) => [
  sqrt(sums.map((gradient) => tidy(() => sum(square(gradient)))).reduce((a: Tensor, b) => add(a, b))),
];

export const gradientSpecs = (network: Network): TensorSpec[] =>
  network.weights.filter((w) => w.trainable).map(({ shape }) => ({ shape, dtype: 'float32' }));

/** What a gradient of that norm is multiplied by, at most 1. */
export const clipFactor = (norm: number, most: number): number => Math.min(1, most / (norm + EPSILON));
