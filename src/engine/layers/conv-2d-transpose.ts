// Transposed convolution, channels last: the way back of a convolution with a stride, so that the picture grows by it.
import { conv2dTranspose as convolve, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { biasAdd } from '../kernels/linear';
import type { LayerFactory } from './layer';

export interface Conv2dTransposeOptions {
  filters: number;
  kernelSize: number;
  strides: number;
}

/** Padding is "same": the output is the input's size times the stride. */
export const conv2dTranspose =
  ({ filters, kernelSize, strides }: Conv2dTransposeOptions): LayerFactory =>
  ([[height, width, channels]]) => {
    const outputShape = [height * strides, width * strides, filters];
    return {
      className: 'Conv2DTranspose',
      config: {
        filters,
        kernel_size: [kernelSize, kernelSize],
        strides: [strides, strides],
        padding: 'same',
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: true,
      },
      weights: [
        {
          name: 'kernel',
          shape: [kernelSize, kernelSize, filters, channels],
          // Of the window's places only every strides-th meets an input.
          initializer: { kind: 'he-normal', fanIn: (kernelSize / strides) ** 2 * channels },
          trainable: true,
          decays: true,
        },
        { name: 'bias', shape: [filters], initializer: { kind: 'zeros' }, trainable: true, decays: false },
      ],
      outputShape,
      call([x], [kernel, bias]) {
        const shape: [number, number, number, number] = [x.shape[0], height * strides, width * strides, filters];
        return biasAdd(convolve(x as Tensor4D, kernel as Tensor4D, shape, strides, 'same'), bias as Tensor1D);
      },
    };
  };
