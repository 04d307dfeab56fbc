// The mean of each channel over the whole picture.
import { mean } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const globalAveragePooling2d =
  (): LayerFactory =>
  ([[, , channels]]) => ({
    className: 'GlobalAveragePooling2D',
    config: { data_format: 'channels_last' },
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: [channels],
    call: ([x]) => mean(x, [1, 2]),
  });
