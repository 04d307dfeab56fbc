// Depthwise convolution, channels last: every channel has a filter of its own and stays by itself.
import { depthwiseConv2d as convolve, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { biasAdd } from '../kernels/linear';
import type { LayerFactory, WeightSpec } from './layer';

export interface DepthwiseConv2dOptions {
  kernelSize: number;
  strides?: number;
  /** "same": the output is the input's size divided by the stride, rounded up. "valid": only windows that lie wholly inside. */
  padding?: 'same' | 'valid';
  /** Off in front of BatchNorm, which would take it away again. */
  useBias?: boolean;
}

export const depthwiseConv2d =
  ({ kernelSize, strides = 1, padding = 'same', useBias = true }: DepthwiseConv2dOptions): LayerFactory =>
  ([[height, width, channels]]) => {
    const kernel: WeightSpec = {
      name: 'depthwise_kernel',
      shape: [kernelSize, kernelSize, channels, 1],
      initializer: { kind: 'he-normal', fanIn: kernelSize * kernelSize },
      trainable: true,
      decays: true,
    };
    const bias: WeightSpec = { name: 'bias', shape: [channels], initializer: { kind: 'zeros' }, trainable: true, decays: false };
    const outSize = (size: number): number => Math.ceil((padding === 'same' ? size : size - kernelSize + 1) / strides);
    return {
      className: 'DepthwiseConv2D',
      config: {
        kernel_size: [kernelSize, kernelSize],
        strides: [strides, strides],
        padding,
        depth_multiplier: 1,
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: useBias,
      },
      weights: useBias ? [kernel, bias] : [kernel],
      outputShape: [outSize(height), outSize(width), channels],
      call([x], [k, b]) {
        const y = convolve(x as Tensor4D, k as Tensor4D, strides, padding);
        return b ? biasAdd(y, b as Tensor1D) : y;
      },
    };
  };
