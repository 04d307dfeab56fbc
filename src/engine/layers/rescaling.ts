// What a network wants of its pictures, as its first layer: so it is part of the model, and of every file it is saved in.
import { add, mul } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';

/** input × scale + offset */
export const rescaling =
  ({ scale, offset }: { scale: number; offset: number }): LayerFactory =>
  ([shape]) => ({
    className: 'Rescaling',
    config: { scale, offset },
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: shape,
    call: ([x]) => add(mul(x, scale), offset),
  });
