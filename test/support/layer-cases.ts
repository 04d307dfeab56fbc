// Layers with inputs to try them on, as pure functions of inputs, weights and the slope of the output: every engine must find the same.
import { grads, type Tensor } from '@tensorflow/tfjs-core';
import { averagePooling2d, innerAveragePooling2d } from '#engine/layers/average-pooling-2d';
import { categoryEmbedding } from '#engine/layers/category-embedding';
import { classToken, firstToken } from '#engine/layers/class-token';
import { concatenate } from '#engine/layers/concatenate';
import { conv2d } from '#engine/layers/conv-2d';
import { conv2dTranspose } from '#engine/layers/conv-2d-transpose';
import { dense } from '#engine/layers/dense';
import { depthwiseConv2d } from '#engine/layers/depthwise-conv-2d';
import { groupNormalization } from '#engine/layers/group-normalization';
import type { LayerFactory, Shape } from '#engine/layers/layer';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { positionEmbedding } from '#engine/layers/position-embedding';
import { relu6 } from '#engine/layers/relu6';
import { shift2d } from '#engine/layers/shift-2d';
import { zeroPadding2d } from '#engine/layers/zero-padding-2d';
import { randomStream } from '#engine/random';
import type { TensorFunction } from '#engine/runtime';

export interface LayerCase {
  name: string;
  factory: LayerFactory;
  /** Of one sample. */
  inputs: Shape[];
}

export const LAYER_CASES: LayerCase[] = [
  { name: 'convolution, valid', factory: conv2d({ filters: 5, kernelSize: 3, padding: 'valid' }), inputs: [[7, 6, 3]] },
  {
    name: 'convolution, valid, stride 2',
    factory: conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'valid' }),
    inputs: [[8, 7, 2]],
  },
  { name: 'convolution, 1 × 7', factory: conv2d({ filters: 4, kernelSize: [1, 7], useBias: false }), inputs: [[5, 8, 3]] },
  { name: 'convolution, 7 × 1', factory: conv2d({ filters: 4, kernelSize: [7, 1], useBias: false }), inputs: [[8, 5, 3]] },
  { name: 'average pooling, 3 × 3', factory: averagePooling2d({ poolSize: 3 }), inputs: [[5, 6, 3]] },
  { name: 'average pooling, inside', factory: innerAveragePooling2d({ poolSize: 2, strides: 2 }), inputs: [[5, 6, 3]] },
  { name: 'max pooling, valid', factory: maxPooling2d({ poolSize: 3, strides: 2, padding: 'valid' }), inputs: [[6, 8, 3]] },
  { name: 'zero padding', factory: zeroPadding2d({ rows: [0, 1], columns: [2, 1] }), inputs: [[4, 5, 3]] },
  {
    name: 'category embedding',
    factory: categoryEmbedding([
      { from: 1, size: 11, dimensions: 4 },
      { from: 14, size: 5, dimensions: 2 },
    ]),
    inputs: [[19]],
  },
  {
    name: 'depthwise convolution, valid, stride 2',
    factory: depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'valid' }),
    inputs: [[8, 7, 4]],
  },
  { name: 'shift', factory: shift2d(), inputs: [[4, 5, 3]] },
  { name: 'depthwise convolution', factory: depthwiseConv2d({ kernelSize: 3 }), inputs: [[6, 5, 4]] },
  {
    name: 'depthwise convolution, stride 2',
    factory: depthwiseConv2d({ kernelSize: 3, strides: 2, useBias: false }),
    inputs: [[8, 7, 16]],
  },
  { name: 'transposed convolution', factory: conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2 }), inputs: [[3, 4, 5]] },
  { name: 'transposed convolution, 3 × 3', factory: conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2 }), inputs: [[4, 3, 3]] },
  {
    name: 'concatenation',
    factory: concatenate(),
    inputs: [
      [4, 3, 2],
      [4, 3, 5],
    ],
  },
  { name: 'ReLU6', factory: relu6(), inputs: [[5, 4, 7]] },
  { name: 'dense, of tokens', factory: dense({ units: 5 }), inputs: [[4, 3]] },
  { name: 'class token', factory: classToken(), inputs: [[4, 6]] },
  { name: 'first token', factory: firstToken(), inputs: [[4, 6]] },
  { name: 'position embedding', factory: positionEmbedding(), inputs: [[4, 6]] },
  { name: 'group normalization', factory: groupNormalization(), inputs: [[3, 4, 48]] },
];

export interface LayerTrial {
  /** Inputs, weights, the slope of the output. */
  shapes: number[][];
  /** The output's shape as the layer announces it. */
  outputShape: number[];
  /** Output, then the gradients of inputs and weights. */
  fn: TensorFunction;
}

export function trialOf({ factory, inputs }: LayerCase, n: number): LayerTrial {
  const layer = factory(inputs);
  const outputShape = [n, ...layer.outputShape];
  const call = (...tensors: Tensor[]): Tensor =>
    layer.call(tensors.slice(0, inputs.length), tensors.slice(inputs.length), { training: true, onBatchStatistics: () => {} });
  return {
    shapes: [...inputs.map((shape) => [n, ...shape]), ...layer.weights.map(({ shape }) => shape), outputShape],
    outputShape,
    fn: (tensors) => {
      const taken = tensors.slice(0, -1);
      return [call(...taken), ...grads(call)(taken, tensors[tensors.length - 1])];
    },
  };
}

/** Seeded, between −9 and 9, so that ReLU6 meets both its ends. */
export function layerValues(shape: number[], salt: number): Float32Array {
  const random = randomStream(salt + 1);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 18 * random() - 9);
}
