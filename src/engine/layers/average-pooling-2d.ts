// Mean of a window around each place; what lies outside the picture does not count.
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { averagePool } from '../kernels/average-pooling';
import type { LayerFactory } from './layer';

/** @param poolSize odd */
export const averagePooling2d =
  ({ poolSize }: { poolSize: number }): LayerFactory =>
  ([shape]) => ({
    className: 'AveragePooling2D',
    config: { pool_size: [poolSize, poolSize], strides: [1, 1], padding: 'same', data_format: 'channels_last' },
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: shape,
    call: ([x]) => averagePool(x as Tensor4D, poolSize),
  });
