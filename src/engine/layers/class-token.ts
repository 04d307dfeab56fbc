// A learnt token in front of the others, which gathers what the answer is made of, and its way out again (Dosovitskiy et al. 2020).
import { broadcastTo, concat, reshape, slice, type Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerFactory, StockLayer } from './layer';
import { learntConstant } from './learnt-constant';

/** [tokens, features] → [tokens + 1, features]. */
export const classToken =
  (): LayerFactory =>
  ([[tokens, features]]) => ({
    className: 'ClassToken',
    config: {},
    weights: [{ name: 'token', shape: [1, features], initializer: { kind: 'normal', deviation: 0.02 }, trainable: true, decays: false }],
    saves: 'nothing',
    outputShape: [tokens + 1, features],
    stock: [
      ...firstStock(tokens, features),
      ...learntConstant([1, features], 2, 3),
      { className: 'Concatenate', config: { axis: 1 }, inputs: [5, -1] },
    ],
    call: ([x], [token]) =>
      concat([broadcastTo(reshape(token, [1, 1, features]), [x.shape[0], 1, features]) as Tensor3D, x as Tensor3D], 1),
  });

/** [tokens, features] → [features]: the first token. */
export const firstToken =
  (): LayerFactory =>
  ([[tokens, features]]) => ({
    className: 'FirstToken',
    config: {},
    weights: [],
    saves: 'nothing',
    isCheap: true,
    outputShape: [features],
    stock: [...firstStock(tokens, features).slice(0, 2), { className: 'Reshape', config: { target_shape: [features] }, inputs: [1] }],
    call: ([x]) => reshape(slice(x as Tensor3D, [0, 0, 0], [x.shape[0], 1, features]), [x.shape[0], features]),
  });

/** Three layers that cut the first token out: [1, features]. */
const firstStock = (tokens: number, features: number): StockLayer[] => [
  { className: 'Reshape', config: { target_shape: [tokens, features, 1] }, inputs: [-1] },
  {
    className: 'Cropping2D',
    config: {
      cropping: [
        [0, tokens - 1],
        [0, 0],
      ],
      data_format: 'channels_last',
    },
    inputs: [0],
  },
  { className: 'Reshape', config: { target_shape: [1, features] }, inputs: [1] },
];
