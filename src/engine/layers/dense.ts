// Fully connected layer.
import { add, matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const dense =
  ({ units }: { units: number }): LayerFactory =>
  ([[features]]) => ({
    className: 'Dense',
    config: { units, activation: 'linear', use_bias: true },
    weights: [
      {
        name: 'kernel',
        shape: [features, units],
        initializer: { kind: 'glorot-uniform', fanIn: features, fanOut: units },
        trainable: true,
        decays: true,
      },
      { name: 'bias', shape: [units], initializer: { kind: 'zeros' }, trainable: true, decays: false },
    ],
    outputShape: [units],
    call: ([x], [kernel, bias]) => add(matMul(x as Tensor2D, kernel as Tensor2D), bias),
  });
