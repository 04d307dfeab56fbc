// The rules that turn a mini-batch's gradient into new weights, once a mini-batch. Definitions and defaults are PyTorch's.
import { add, div, mul, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerName } from '#shared/run-spec';

export interface Optimizer {
  name: OptimizerName;
  /** Tensors like the weight that the rule keeps from step to step, all zero at first. */
  slots: readonly string[];
  /** Numbers of this step, computed in 64 bits; they enter compiled functions as inputs. `step` counts from 1. */
  scalars(rate: number, step: number): number[];
  /** [weight', ...slots'] of one weight. */
  apply(weight: Tensor, gradient: Tensor, slots: Tensor[], scalars: Tensor[], decays: boolean): Tensor[];
}

export interface OptimizerSettings {
  /** Added to the denominator of Adam, AdamW and RMSprop. */
  epsilon: number;
}

const MOMENTUM = 0.9;
const BETA1 = 0.9;
const BETA2 = 0.999;
const ALPHA = 0.99;
const WEIGHT_DECAY = 0.01;

const blend = (old: Tensor, seen: Tensor, kept: number): Tensor => add(mul(old, kept), mul(seen, 1 - kept));

const sgd: Optimizer = {
  name: 'sgd',
  slots: [],
  scalars: (rate) => [rate],
  apply: (weight, gradient, _slots, [rate]) => [sub(weight, mul(gradient, rate))],
};

const momentum = (nesterov: boolean): Optimizer => ({
  name: nesterov ? 'nesterov' : 'momentum',
  slots: ['velocity'],
  scalars: (rate) => [rate],
  apply(weight, gradient, [velocity], [rate]) {
    const next = add(mul(velocity, MOMENTUM), gradient);
    const direction = nesterov ? add(gradient, mul(next, MOMENTUM)) : next;
    return [sub(weight, mul(direction, rate)), next];
  },
});

/** Kingma and Ba (2015); with decoupled weight decay, Loshchilov and Hutter (2019). */
const adam = (epsilon: number, decoupled: boolean): Optimizer => ({
  name: decoupled ? 'adamw' : 'adam',
  slots: ['mean', 'square'],
  scalars: (rate, step) => [rate / (1 - BETA1 ** step), 1 / Math.sqrt(1 - BETA2 ** step), 1 - rate * WEIGHT_DECAY],
  apply(weight, gradient, [mean, squares], [rate, unbias, shrink], decays) {
    const nextMean = blend(mean, gradient, BETA1);
    const nextSquares = blend(squares, square(gradient), BETA2);
    const start = decoupled && decays ? mul(weight, shrink) : weight;
    const change = div(mul(nextMean, rate), add(mul(sqrt(nextSquares), unbias), epsilon));
    return [sub(start, change), nextMean, nextSquares];
  },
});

const rmsprop = (epsilon: number): Optimizer => ({
  name: 'rmsprop',
  slots: ['square'],
  scalars: (rate) => [rate],
  apply(weight, gradient, [squares], [rate]) {
    const next = blend(squares, square(gradient), ALPHA);
    return [sub(weight, div(mul(gradient, rate), add(sqrt(next), epsilon))), next];
  },
});

export function createOptimizer(name: OptimizerName, { epsilon }: OptimizerSettings = { epsilon: 1e-8 }): Optimizer {
  switch (name) {
    case 'sgd':
      return sgd;
    case 'momentum':
    case 'nesterov':
      return momentum(name === 'nesterov');
    case 'adam':
    case 'adamw':
      return adam(epsilon, name === 'adamw');
    case 'rmsprop':
      return rmsprop(epsilon);
  }
}
