// Every sample as one row of numbers.
import { reshape } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const flatten =
  (): LayerFactory =>
  ([shape]) => {
    const features = shape.reduce((product, size) => product * size, 1);
    return {
      className: 'Flatten',
      config: { data_format: 'channels_last' },
      weights: [],
      saves: 'nothing',
      isCheap: true,
      outputShape: [features],
      call: ([x]) => reshape(x, [x.shape[0], features]),
    };
  };
