// Two-dimensional convolution, channels last.
import { conv2d as convolve, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { biasAdd } from '../kernels/linear';
import type { LayerFactory, WeightSpec } from './layer';

export interface Conv2dOptions {
  filters: number;
  /** Of a square, or height and width. */
  kernelSize: number | readonly [number, number];
  strides?: number;
  /** "same": the output is the input's size divided by the stride, rounded up. "valid": only windows that lie wholly inside. */
  padding?: 'same' | 'valid';
  /** Off in front of BatchNorm, which would take it away again. */
  useBias?: boolean;
}

export const conv2d =
  ({ filters, kernelSize, strides = 1, padding = 'same', useBias = true }: Conv2dOptions): LayerFactory =>
  ([[height, width, channels]]) => {
    const [rows, columns] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
    const kernel: WeightSpec = {
      name: 'kernel',
      shape: [rows, columns, channels, filters],
      initializer: { kind: 'he-normal', fanIn: rows * columns * channels },
      trainable: true,
      decays: true,
    };
    const outSize = (size: number, taps: number): number => Math.ceil((padding === 'same' ? size : size - taps + 1) / strides);
    const bias: WeightSpec = { name: 'bias', shape: [filters], initializer: { kind: 'zeros' }, trainable: true, decays: false };
    return {
      className: 'Conv2D',
      config: {
        filters,
        kernel_size: [rows, columns],
        strides: [strides, strides],
        padding,
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: useBias,
      },
      weights: useBias ? [kernel, bias] : [kernel],
      outputShape: [outSize(height, rows), outSize(width, columns), filters],
      call([x], [k, b]) {
        const y = convolve(x as Tensor4D, k as Tensor4D, strides, padding);
        return b ? biasAdd(y, b as Tensor1D) : y;
      },
    };
  };
