// Fully connected layer, over the last axis of each sample.
import { reshape, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { biasAdd, matMul2d } from '../kernels/linear';
import type { LayerFactory } from './layer';

export const dense =
  ({ units }: { units: number }): LayerFactory =>
  ([shape]) => {
    const features = shape[shape.length - 1];
    return {
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
      outputShape: [...shape.slice(0, -1), units],
      call([x], [kernel, bias]) {
        const rows = (x.rank === 2 ? x : reshape(x, [-1, features])) as Tensor2D;
        const y = biasAdd(matMul2d(rows, kernel as Tensor2D), bias as Tensor1D);
        return x.rank === 2 ? y : reshape(y, [...x.shape.slice(0, -1), units]);
      },
    };
  };
