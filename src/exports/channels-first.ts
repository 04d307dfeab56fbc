// What networks whose activations have their channels first ask of ours: weights turned round, and paddings in numbers.
import type { Network } from '#engine/network';
import { permuted, type Values } from './permute';

/** Of each class of layer, where our kernels' axes go. */
const KERNEL_AXES: Readonly<Record<string, readonly number[]>> = {
  Conv2D: [3, 2, 0, 1],
  Conv2DTranspose: [3, 2, 0, 1],
  DepthwiseConv2D: [2, 3, 0, 1],
};

type Node = Network['nodes'][number];

/** A layer's weight by its name in Keras, kernels of convolutions as [filters, channels, height, width] (transposed ones the other way round). */
export function channelsFirstWeight({ layer, firstWeight }: Node, name: string, weights: readonly Float32Array[]): Values {
  const at = layer.weights.findIndex((weight) => weight.name === name);
  const own: Values = { shape: layer.weights[at].shape, values: weights[firstWeight + at] };
  return own.shape.length === 4 ? permuted(own, KERNEL_AXES[layer.className]) : own;
}

/** Pixels of padding before and behind. */
export type Padding = readonly [before: number, behind: number];

/** TensorFlow's "same" along one axis: as many windows as ⌈size ÷ stride⌉; what is odd goes behind. */
export function samePadding(size: number, kernel: number, stride: number): Padding {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** What a transposed convolution's output, "size × stride" long, is too long by at either end. */
export function transposedPadding(kernel: number, stride: number): Padding {
  const total = Math.max(kernel - stride, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
