// Layer normalization over the last axis: each position of each sample by its own mean and variance, so that any micro-batch gives the
// large batch's result.
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { layerNorm as normalize } from '../kernels/transformer';
import type { LayerFactory } from './layer';

export const layerNorm =
  ({ epsilon = 1e-6 }: { epsilon?: number } = {}): LayerFactory =>
  ([shape]) => {
    const features = shape[shape.length - 1];
    const weight = (name: string, kind: 'ones' | 'zeros') => ({
      name,
      shape: [features],
      initializer: { kind },
      trainable: true,
      decays: false,
    });
    return {
      className: 'LayerNormalization',
      config: { axis: [shape.length], epsilon, center: true, scale: true },
      weights: [weight('gamma', 'ones'), weight('beta', 'zeros')],
      isCheap: true,
      outputShape: shape,
      call: ([x], [gamma, beta]) => normalize(x, gamma as Tensor1D, beta as Tensor1D, epsilon),
    };
  };
