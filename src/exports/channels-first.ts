// What networks whose activations have their channels first ask of ours: weights turned round, and paddings in numbers.
import type { Layer, Shape } from '#engine/layers/layer';
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

export type Pair = readonly [rows: number, columns: number];

export interface Window {
  kernel: Pair;
  strides: Pair;
  rows: Padding;
  columns: Padding;
}

/** Of a layer whose settings are Keras'. */
export function windowOf({ config }: Layer, [height, width]: Shape): Window {
  const kernel = (config.kernel_size ?? config.pool_size) as Pair;
  const strides = config.strides as Pair;
  const [rows, columns] = [height, width].map((size, i) =>
    config.padding === 'same' ? samePadding(size, kernel[i], strides[i]) : ([0, 0] as const),
  );
  return { kernel, strides, rows, columns };
}

/** What a transposed convolution's output, "size × stride" long, is too long by at either end. @throws Error where it is too short */
export function transposedPadding(kernel: number, stride: number): Padding {
  const total = kernel - stride;
  if (total < 0)
    throw new Error(`A transposed convolution with windows of ${kernel} and strides of ${stride} leaves gaps, which no export has yet.`);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** @throws Error where a layer's setting is none of those that an export writes: it would become something else without a word */
export function knownSetting<Known extends string | number>({ className, config }: Layer, name: string, known: readonly Known[]): Known {
  const found = known.find((value) => value === config[name]);
  if (found === undefined) throw new Error(`The layer ${className} with ${name} ${String(config[name])} is in no export yet.`);
  return found;
}
