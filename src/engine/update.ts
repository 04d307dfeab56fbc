// The one update of a mini-batch. Here and nowhere else the summed gradient is divided, by the summed weight of its samples (and by what
// clipping shortens it, mbp.ts):
// dividing by the number of micro-batches would be wrong for a ragged last piece (METHOD.md, 1).
import { div } from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizers';
import type { WeightSpec } from './layers/layer';
import type { TensorFunction, TensorSpec } from './runtime';

/** [weight, gradient sum, divisor [], ...scalars [], ...slots] → [weight', ...slots'] for one trainable weight. */
export const weightUpdate =
  (optimizer: Optimizer, { decays }: WeightSpec): TensorFunction =>
  ([weight, gradientSum, divisor, ...rest]) => {
    const scalars = rest.slice(0, rest.length - optimizer.slots.length);
    const slots = rest.slice(rest.length - optimizer.slots.length);
    return optimizer.apply(weight, div(gradientSum, divisor), slots, scalars, decays);
  };

export function updateSpecs(optimizer: Optimizer, { shape }: WeightSpec): TensorSpec[] {
  const like: TensorSpec = { shape, dtype: 'float32' };
  const scalar: TensorSpec = { shape: [], dtype: 'float32' };
  return [like, like, scalar, ...optimizer.scalars(1, 1).map(() => scalar), ...optimizer.slots.map(() => like)];
}
