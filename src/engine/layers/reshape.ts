// The same numbers of a sample in another shape, e.g. the places of a picture as a row of tokens.
import { reshape as shaped } from '@tensorflow/tfjs-core';
import type { LayerFactory, Shape } from './layer';

export const reshape =
  ({ shape }: { shape: Shape }): LayerFactory =>
  () => ({
    className: 'Reshape',
    config: { target_shape: [...shape] },
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: shape,
    call: ([x]) => shaped(x, [x.shape[0], ...shape]),
  });
