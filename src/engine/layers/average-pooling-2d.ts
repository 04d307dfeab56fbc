// Mean of a window: around each place, where what lies outside the picture does not count; or of windows wholly inside it.
import { avgPool, type Tensor4D } from '@tensorflow/tfjs-core';
import { averagePool } from '../kernels/average-pooling';
import type { LayerFactory } from './layer';

/** One window a place. @param poolSize odd */
export const averagePooling2d =
  ({ poolSize }: { poolSize: number }): LayerFactory =>
  ([shape]) => ({
    ...pooling(poolSize, 1, 'same'),
    outputShape: shape,
    call: ([x]) => averagePool(x as Tensor4D, poolSize),
  });

/** Only windows that lie wholly inside. */
export const innerAveragePooling2d =
  ({ poolSize, strides }: { poolSize: number; strides: number }): LayerFactory =>
  ([[height, width, channels]]) => ({
    ...pooling(poolSize, strides, 'valid'),
    outputShape: [windowsInside(height, poolSize, strides), windowsInside(width, poolSize, strides), channels],
    call: ([x]) => avgPool(x as Tensor4D, poolSize, strides, 'valid'),
  });

const pooling = (poolSize: number, strides: number, padding: 'same' | 'valid') =>
  ({
    className: 'AveragePooling2D',
    config: { pool_size: [poolSize, poolSize], strides: [strides, strides], padding, data_format: 'channels_last' },
    weights: [],
    saves: 'nothing',
    isCheap: true,
  }) as const;

/** Along a side; none where the window is larger than it. */
export const windowsInside = (side: number, window: number, strides: number): number => Math.floor((side - window) / strides) + 1;
