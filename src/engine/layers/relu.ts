// Rectified linear unit.
import { relu as rectify } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const relu =
  (): LayerFactory =>
  ([shape]) => ({
    className: 'Activation',
    config: { activation: 'relu' },
    weights: [],
    saves: 'output',
    isCheap: true,
    outputShape: shape,
    call: ([x]) => rectify(x),
  });
