// What draws weights towards zero, once a mini-batch: added to any optimizer's rule. Biases and normalization are left alone.
import { add, mul } from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizers';

/** The penalty λ/2 · Σ w²: its gradient λ · w joins the mini-batch's, after clipping, as `weight_decay` does in PyTorch's SGD and Adam. */
export const withL2 = (optimizer: Optimizer, lambda: number): Optimizer => ({
  ...optimizer,
  apply: (weight, gradient, slots, scalars, decays) =>
    optimizer.apply(weight, decays ? add(gradient, mul(weight, lambda)) : gradient, slots, scalars, decays),
});

/** Decoupled weight decay (Loshchilov and Hutter 2019): weights shrink by rate × decay before the rule moves them, as in PyTorch's AdamW. */
export const withWeightDecay = (optimizer: Optimizer, decay: number): Optimizer => ({
  ...optimizer,
  scalars: (rate, step) => [1 - rate * decay, ...optimizer.scalars(rate, step)],
  apply: (weight, gradient, slots, [shrink, ...scalars], decays) =>
    optimizer.apply(decays ? mul(weight, shrink) : weight, gradient, slots, scalars, decays),
});
