// A picture moved one pixel up and to the left; what comes in is zero. So a convolution with a stride sees the pixels it passes over.
import { pad, slice, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

const inFront = [
  [1, 0],
  [1, 0],
];
const behind = [
  [0, 1],
  [0, 1],
];

export const shift2d =
  (): LayerFactory =>
  ([[height, width, channels]]) => ({
    className: 'Shift2D',
    config: {},
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: [height, width, channels],
    stock: [
      { className: 'ZeroPadding2D', config: { padding: behind, data_format: 'channels_last' }, inputs: [-1] },
      { className: 'Cropping2D', config: { cropping: inFront, data_format: 'channels_last' }, inputs: [0] },
    ],
    call([x]) {
      const wider = pad(x as Tensor4D, [[0, 0], ...behind, [0, 0]] as [number, number][]);
      return slice(wider, [0, 1, 1, 0], [x.shape[0], height, width, channels]);
    },
  });
