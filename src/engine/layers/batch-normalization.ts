// Batch normalization (Ioffe and Szegedy 2015). Called in training, it normalizes every micro-batch by its own statistics, which is what
// makes a net with it "not identical" to one large batch; the running statistics are pooled over the mini-batch (statistics.ts).
// Frozen, and outside training, it takes the running statistics. "exact" does not call it: exact-batch-norm/ takes it apart.
import { add, mul, rsqrt, sub, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { batchNorm } from '../kernels/fused';
import type { LayerFactory } from './layer';

/** Added to a variance before the root. */
export const EPSILON = 1e-3;
/** The share of the old running statistics that one mini-batch keeps. */
export const MOMENTUM = 0.9;

/** By given statistics [C]. Centred before it is scaled: γ's gradient would cancel otherwise. */
export const normalize = (x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: number): Tensor =>
  add(mul(sub(x, mean), mul(rsqrt(add(variance, epsilon)), gamma)), beta);

export const batchNormalization =
  (): LayerFactory =>
  ([shape]) => {
    const channels = shape[shape.length - 1];
    const weight = (name: string, kind: 'ones' | 'zeros', trainable: boolean) => ({
      name,
      shape: [channels],
      initializer: { kind },
      trainable,
      decays: false,
    });
    return {
      className: 'BatchNormalization',
      config: { axis: 3, momentum: MOMENTUM, epsilon: EPSILON, center: true, scale: true },
      weights: [
        weight('gamma', 'ones', true),
        weight('beta', 'zeros', true),
        weight('moving_mean', 'zeros', false),
        weight('moving_variance', 'ones', false),
      ],
      isCheap: true,
      outputShape: shape,
      statisticsChannels: channels,
      call([x], [gamma, beta, movingMean, movingVariance], context) {
        if (!context.training || context.frozenStatistics) return normalize(x, gamma, beta, movingMean, movingVariance, EPSILON);
        const { y, mean, variance } = batchNorm(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D, EPSILON);
        context.onBatchStatistics({ mean, variance, count: x.size / channels });
        return y;
      },
    };
  };
