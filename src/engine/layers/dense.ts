// Fully connected layer.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { biasAdd, matMul2d } from '../kernels/linear';
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
    call: ([x], [kernel, bias]) => biasAdd(matMul2d(x as Tensor2D, kernel as Tensor2D), bias as Tensor1D),
  });
