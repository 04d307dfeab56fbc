// Batch normalization taken apart (Ioffe and Szegedy 2015), so that the sums over a mini-batch can be gathered from micro-batches.
// With M positions (N × H × W over the *mini-batch*), per channel:
//   μ = Σ x / M,  σ² = Σ (x − μ)² / M,  r = 1 / √(σ² + ε),  x̂ = (x − μ) r,  y = γ x̂ + β
//   dβ = Σ dy,  dγ = Σ dy x̂,  dx = γ r (dy − dβ / M − x̂ dγ / M)
// μ and σ² are pooled from the micro-batches' own by Chan, Golub and LeVeque (1979), see statistics.ts; dβ and dγ are plain sums.
import { add, mean, mul, reshape, rsqrt, square, sub, sum, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { BatchStatistics } from '../layers/layer';

/** Channels last: everything but the channel becomes one axis. */
const rows = (x: Tensor): Tensor => reshape(x, [-1, x.shape[x.rank - 1]]);

/** Mean and variance [C] of this micro-batch. */
export function statisticsOf(x: Tensor): BatchStatistics {
  const flat = rows(x);
  const average = mean(flat, 0);
  return {
    mean: average as Tensor1D,
    variance: mean(
      tidy(() => square(sub(flat, average))),
      0,
    ) as Tensor1D,
    count: flat.shape[0],
  };
}

// What is as large as x is let go as soon as it was read: `tidy` around parts of a formula.

/** x̂, of x's shape. */
const standardized = (x: Tensor, average: Tensor, variance: Tensor, epsilon: number): Tensor =>
  tidy(() => mul(sub(x, average), rsqrt(add(variance, epsilon))));

/** This micro-batch's share of [dγ, dβ], each [C], from the gradient dy at the layer's output. */
export const slopeSums = (dy: Tensor, x: Tensor, average: Tensor, variance: Tensor, epsilon: number): [Tensor, Tensor] => [
  tidy(() => sum(rows(tidy(() => mul(dy, standardized(x, average, variance, epsilon)))), 0)),
  sum(rows(dy), 0),
];

export interface Gathered {
  gamma: Tensor;
  mean: Tensor;
  variance: Tensor;
  /** dγ / M and dβ / M of the whole mini-batch, [C]. */
  meanProduct: Tensor;
  meanSlope: Tensor;
}

/** dx of this micro-batch. */
export function inputSlope(dy: Tensor, x: Tensor, g: Gathered, epsilon: number): Tensor {
  const inverse = rsqrt(add(g.variance, epsilon));
  const centred = tidy(() => mul(sub(x, g.mean), mul(inverse, g.meanProduct)));
  // In this order each of them can take the place of the one before: dy itself is the caller's.
  const slanted = sub(dy, centred);
  centred.dispose();
  const rest = sub(slanted, g.meanSlope);
  slanted.dispose();
  return mul(rest, mul(g.gamma, inverse));
}
