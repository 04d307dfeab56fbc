// What a layer is: weights it wants, a pure function of its inputs and those weights, and its name and settings in Keras.
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';

/** Of one sample, without the batch axis. */
export type Shape = readonly number[];

/** Values in a tensor of that shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** fan: He and Glorot (Keras' definitions) need the connections in and out of a unit. */
export type Initializer =
  | { kind: 'zeros' }
  | { kind: 'ones' }
  | { kind: 'normal'; deviation: number }
  | { kind: 'he-normal'; fanIn: number }
  | { kind: 'glorot-uniform'; fanIn: number; fanOut: number };

export interface WeightSpec {
  /** Keras' name of it, e.g. "kernel". */
  name: string;
  shape: number[];
  initializer: Initializer;
  trainable: boolean;
  /** Could be trained, but stays as the run's start has it (trained-part.ts); so do a frozen layer's running statistics. */
  frozen?: true;
  /** L2 and weight decay leave biases and normalization alone. */
  decays: boolean;
}

/** Statistics of one micro-batch at one BatchNorm layer, to be pooled over the mini-batch. */
export interface BatchStatistics {
  mean: Tensor1D;
  /** Divided by the count. */
  variance: Tensor1D;
  /** Positions (N × H × W) they were taken over. */
  count: number;
}

export interface CallContext {
  training: boolean;
  /** In training, for each layer that wants noise, its bits for these samples [n, words] (noise.ts). */
  noise?: ReadonlyMap<Layer, Tensor>;
  /** BatchNorm takes its running statistics in training too. */
  frozenStatistics?: boolean;
  /** Called by normalization layers in training, in the network's order. */
  onBatchStatistics(statistics: BatchStatistics): void;
}

/** A layer of stock TF.js, of those that together stand for one of ours. */
export interface StockLayer {
  className: string;
  config: Readonly<Record<string, unknown>>;
  /** Places in the list; −1 is what our layer takes. */
  inputs: readonly number[];
  /** Its share of our layer's weights, which the list takes in their order. */
  weights?: readonly { name: string; shape: readonly number[] }[];
}

export interface Layer {
  /** Keras' class, e.g. "Conv2D"; of layers with `stock` a name of ours. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly WeightSpec[];
  readonly outputShape: Shape;
  /** Channels whose statistics the layer reports in training; absent for layers that report none. */
  readonly statisticsChannels?: number;
  /** For layers with one input of which TF.js has no class: stock ones that compute the same, the last of them its output. */
  readonly stock?: readonly StockLayer[];
  /** Random bits the layer wants for each sample in training, packed (noise.ts), and how often one is 1. */
  readonly noise?: { readonly words: number; readonly probability: number };
  /** What its gradient reads again; absent: its input. Only the memory savers' forecasts rest on it, never a result. */
  readonly saves?: 'input' | 'output' | 'both' | 'nothing';
  /** Computing its output again is cheaper than keeping it (light-layers.ts). */
  readonly isCheap?: boolean;
  call(inputs: Tensor[], weights: Tensor[], context: CallContext): Tensor;
}

/** Completes a layer once the shapes of its inputs are known. */
export type LayerFactory = (inputShapes: Shape[]) => Layer;
