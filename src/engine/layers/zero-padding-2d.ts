// A picture with rows and columns of zeros around it.
import { pad, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

/** @param rows zeros above and below */
export const zeroPadding2d =
  ({ rows, columns }: { rows: readonly [number, number]; columns: readonly [number, number] }): LayerFactory =>
  ([[height, width, channels]]) => ({
    className: 'ZeroPadding2D',
    config: { padding: [[...rows], [...columns]], data_format: 'channels_last' },
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: [height + rows[0] + rows[1], width + columns[0] + columns[1], channels],
    call: ([x]) => pad(x as Tensor4D, [[0, 0], [...rows], [...columns], [0, 0]]),
  });
