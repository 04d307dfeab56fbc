// Largest value of each window.
import { maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import { windowsInside } from './average-pooling-2d';
import type { LayerFactory } from './layer';

interface MaxPooling2dOptions {
  poolSize: number;
  strides: number;
  /** "same": the output is the input's size divided by the stride, rounded up. "valid": only windows that lie wholly inside. */
  padding?: 'same' | 'valid';
}

export const maxPooling2d =
  ({ poolSize, strides, padding = 'same' }: MaxPooling2dOptions): LayerFactory =>
  ([[height, width, channels]]) => ({
    className: 'MaxPooling2D',
    config: { pool_size: [poolSize, poolSize], strides: [strides, strides], padding, data_format: 'channels_last' },
    weights: [],
    saves: 'both',
    isCheap: true,
    outputShape: [windows(height, poolSize, strides, padding), windows(width, poolSize, strides, padding), channels],
    call: ([x]) => maxPool(x as Tensor4D, poolSize, strides, padding),
  });

/** Along a side. */
const windows = (side: number, poolSize: number, strides: number, padding: 'same' | 'valid'): number =>
  padding === 'same' ? Math.ceil(side / strides) : windowsInside(side, poolSize, strides);
