// The one update of a mini-batch. Here and nowhere else the summed gradient is divided, by the summed weight of its samples (and by what
// clipping shortens it, mbp.ts):
// dividing by the number of micro-batches would be wrong for a ragged last piece (METHOD.md, 1).
import { div } from '@tensorflow/tfjs-core';
import { sizeOf, type WeightSpec } from './layers/layer';
import type { Network } from './network';
import type { Optimizer } from './optimizers';
import type { TensorFunction, TensorSpec } from './runtime';

/** Of up to so many numbers all weights are updated in one call: a call costs more than its work there, and all sums are held until its end. */
const MOST_JOINED = 2 ** 17;

/** Places of the trainable weights that share a call of the update. */
export function updateGroups({ weights }: Network, joins: boolean): number[][] {
  const places = weights.flatMap(({ trainable }, place) => (trainable ? [place] : []));
  const numbers = places.reduce((sum, place) => sum + sizeOf(weights[place].shape), 0);
  return joins && places.length > 0 && numbers <= MOST_JOINED ? [places] : places.map((place) => [place]);
}

/** [divisor [], ...scalars [], then weight, gradient sum and ...slots of each] → [weight', ...slots' of each] for trainable weights. */
export function weightUpdate(optimizer: Optimizer, weights: readonly WeightSpec[]): TensorFunction {
  const each = 2 + optimizer.slots.length;
  return (inputs) => {
    const [divisor, ...scalars] = inputs.slice(0, inputs.length - weights.length * each);
    return weights.flatMap(({ decays }, i) => {
      const [weight, gradientSum, ...slots] = inputs.slice(inputs.length - (weights.length - i) * each).slice(0, each);
      return optimizer.apply(weight, div(gradientSum, divisor), slots, scalars, decays);
    });
  };
}

export function updateSpecs(optimizer: Optimizer, weights: readonly WeightSpec[]): TensorSpec[] {
  const scalar: TensorSpec = { shape: [], dtype: 'float32' };
  const like = ({ shape }: WeightSpec): TensorSpec => ({ shape, dtype: 'float32' });
  const ofEach = (spec: WeightSpec) => [like(spec), like(spec), ...optimizer.slots.map(() => like(spec))];
  return [scalar, ...optimizer.scalars(1, 1).map(() => scalar), ...weights.flatMap(ofEach)];
}
