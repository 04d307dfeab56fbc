// The rules that turn a mini-batch's gradient into new weights, once a mini-batch. Definitions and defaults are PyTorch's.
import { add, div, mul, sqrt, square, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerName } from '#shared/run-spec';
import { withAverage } from './ema';
import type { WeightSpec } from './layers/layer';
import { withL2, withWeightDecay } from './penalties';

export interface Optimizer {
  name: OptimizerName;
  /** Tensors like the weight that the rule keeps from step to step, all zero at first but an average, which starts as the weight. */
  slots: readonly string[];
  /** Numbers of this step, computed in 64 bits; they enter compiled functions as inputs. `step` counts from 1. */
  scalars(rate: number, step: number): number[];
  /** [weight', ...slots'] of one weight. */
  apply(weight: Tensor, gradient: Tensor, slots: Tensor[], scalars: Tensor[], decays: boolean): Tensor[];
  /** Most the norm of a mini-batch's whole gradient may be. */
  clipNorm?: number;
  /** Share of the averaged weights (the last slot) kept at an update. */
  ema?: number;
}

export interface OptimizerSettings {
  /** Of momentum and Nesterov. */
  momentum?: number;
  /** Of Adam and AdamW. */
  beta1?: number;
  beta2?: number;
  /** Of RMSprop. */
  alpha?: number;
  /** Added to the denominator of Adam, AdamW and RMSprop. */
  epsilon?: number;
  l2?: number;
  /** Decoupled; 0.01 where AdamW is not told another. */
  weightDecay?: number;
  clipNorm?: number;
  ema?: number;
}

/** Of settings that a run leaves out. */
export const UPDATE_DEFAULTS = { momentum: 0.9, beta1: 0.9, beta2: 0.999, alpha: 0.99, epsilon: 1e-8 } as const;
const { momentum: MOMENTUM, beta1: BETA1, beta2: BETA2, alpha: ALPHA, epsilon: EPSILON } = UPDATE_DEFAULTS;
const ADAMW_DECAY = 0.01;

/** Decoupled weight decay of a run. */
export const weightDecayOf = (name: OptimizerName, { weightDecay }: Pick<OptimizerSettings, 'weightDecay'>): number =>
  weightDecay ?? (name === 'adamw' ? ADAMW_DECAY : 0);

// Each part lets go of what it only needed on the way: op by op, a rule's parts side by side would be several times the weight, and the
// most that a run with small pieces ever holds. Captured, the order of the ops sees to that.
const blend = (old: Tensor, seen: () => Tensor, kept: number): Tensor =>
  tidy(() =>
    add(
      mul(old, kept),
      tidy(() => mul(seen(), 1 - kept)),
    ),
  );

const sgd = (): Optimizer => ({
  name: 'sgd',
  slots: [],
  scalars: (rate) => [rate],
  apply: (weight, gradient, _slots, [rate]) => [sub(weight, mul(gradient, rate))],
});

const momentum = (name: OptimizerName, { momentum: kept = MOMENTUM }: OptimizerSettings): Optimizer => ({
  name,
  slots: ['velocity'],
  scalars: (rate) => [rate],
  apply(weight, gradient, [velocity], [rate]) {
    const next = tidy(() => add(mul(velocity, kept), gradient));
    const change = tidy(() => mul(name === 'nesterov' ? tidy(() => add(gradient, mul(next, kept))) : next, rate));
    return [sub(weight, change), next];
  },
});

/** Kingma and Ba (2015). */
const adam = (name: OptimizerName, { beta1 = BETA1, beta2 = BETA2, epsilon = EPSILON }: OptimizerSettings): Optimizer => ({
  name,
  slots: ['mean', 'square'],
  scalars: (rate, step) => [rate / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step)],
  apply(weight, gradient, [mean, squares], [rate, unbias]) {
    const nextMean = blend(mean, () => gradient, beta1);
    const nextSquares = blend(squares, () => square(gradient), beta2);
    const change = tidy(() => {
      const length = tidy(() => add(mul(sqrt(nextSquares), unbias), epsilon));
      return div(mul(nextMean, rate), length);
    });
    return [sub(weight, change), nextMean, nextSquares];
  },
});

const rmsprop = (name: OptimizerName, { alpha = ALPHA, epsilon = EPSILON }: OptimizerSettings): Optimizer => ({
  name,
  slots: ['square'],
  scalars: (rate) => [rate],
  apply(weight, gradient, [squares], [rate]) {
    const next = blend(squares, () => square(gradient), alpha);
    const change = tidy(() => {
      const length = tidy(() => add(sqrt(next), epsilon));
      return div(mul(gradient, rate), length);
    });
    return [sub(weight, change), next];
  },
});

const RULES: Record<OptimizerName, (name: OptimizerName, settings: OptimizerSettings) => Optimizer> = {
  sgd,
  momentum,
  nesterov: momentum,
  adam,
  adamw: adam,
  rmsprop,
};

/** With everything else that acts once a mini-batch, where `settings` ask for it. */
export function createOptimizer(name: OptimizerName, settings: OptimizerSettings = {}): Optimizer {
  const { l2 = 0, clipNorm, ema } = settings;
  const weightDecay = weightDecayOf(name, settings);
  let optimizer = RULES[name](name, settings);
  if (weightDecay > 0) optimizer = withWeightDecay(optimizer, weightDecay);
  if (l2 > 0) optimizer = withL2(optimizer, l2);
  if (ema !== undefined) optimizer = withAverage(optimizer, ema);
  return clipNorm === undefined ? optimizer : { ...optimizer, clipNorm };
}

/** What is kept of one weight: running statistics, which no rule moves, are averaged all the same; of a frozen weight nothing is. */
export const slotsOf = ({ slots, ema }: Optimizer, { trainable, frozen }: WeightSpec): readonly string[] =>
  trainable ? slots : slots.slice(ema === undefined || frozen ? slots.length : -1);
