// Rectified linear unit that ends at 6, as the nets for phones have it.
import { relu6 as rectify } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const relu6 =
  (): LayerFactory =>
  ([shape]) => ({
    className: 'ReLU',
    config: { max_value: 6 },
    weights: [],
    saves: 'output',
    isCheap: true,
    outputShape: shape,
    call: ([x]) => rectify(x),
  });
