// Mean of each window; what lies outside the picture does not count.
import { avgPool, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

/** Padding is "same": the output is the input's size divided by the stride, rounded up. */
export const averagePooling2d =
  ({ poolSize, strides }: { poolSize: number; strides: number }): LayerFactory =>
  ([[height, width, channels]]) => ({
    className: 'AveragePooling2D',
    config: { pool_size: [poolSize, poolSize], strides: [strides, strides], padding: 'same', data_format: 'channels_last' },
    weights: [],
    isCheap: true,
    outputShape: [Math.ceil(height / strides), Math.ceil(width / strides), channels],
    call: ([x]) => avgPool(x as Tensor4D, poolSize, strides, 'same'),
  });
