// A learnt vector for each place, added to the token that stands there: attention alone does not see in which order tokens come.
import { add, type Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerFactory } from './layer';
import { learntConstant } from './learnt-constant';

export const positionEmbedding =
  (): LayerFactory =>
  ([[tokens, features]]) => ({
    className: 'PositionEmbedding',
    config: {},
    weights: [
      { name: 'places', shape: [tokens, features], initializer: { kind: 'normal', deviation: 0.02 }, trainable: true, decays: false },
    ],
    saves: 'nothing',
    outputShape: [tokens, features],
    stock: [...learntConstant([tokens, features], -1, 0), { className: 'Add', config: {}, inputs: [-1, 2] }],
    call: ([x], [places]) => add(x as Tensor3D, places),
  });
