// Two inputs beside each other, channel after channel: the skip connection of a U-Net.
import { concat } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

export const concatenate = (): LayerFactory => (shapes) => ({
  className: 'Concatenate',
  config: { axis: -1 },
  weights: [],
  saves: 'nothing',
  isCheap: true,
  outputShape: [...shapes[0].slice(0, -1), shapes.reduce((sum, shape) => sum + shape[shape.length - 1], 0)],
  call: (inputs) => concat(inputs, -1),
});
