// Convolution with explicit, also negative, padding: the building block of the gradients, run by XNNPACK.
import { backend_util, engine, slice, tidy, type NamedTensorMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/** Attributes of TF.js's convolution kernels; channels are last. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: string;
}

export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

type Shape4 = [number, number, number, number];

export function convInfo(xShape: number[], filterShape: number[], attributes: ConvAttributes, depthwise = false): backend_util.Conv2DInfo {
  const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = 'NHWC' } = attributes;
  if (dataFormat !== 'NHWC') throw new Error(`Gradients of convolutions expect dataFormat NHWC, found ${dataFormat}.`);
  return backend_util.computeConv2DInfo(xShape as Shape4, filterShape as Shape4, strides, dilations, pad, dimRoundingMode, depthwise);
}

/** Negative padding leaves rows or columns of x out. Runs the kernel itself, because the op refuses stride and dilation together. */
export function convolve(
  x: Tensor,
  filter: Tensor,
  { top, bottom, left, right }: Padding,
  strides: [number, number] = [1, 1],
  dilations: [number, number] = [1, 1],
): Tensor4D {
  return tidy(() => {
    const [batch, height, width, channels] = x.shape;
    const cut = (amount: number): number => Math.max(0, -amount);
    const grow = (amount: number): number => Math.max(0, amount);
    const cropped =
      Math.min(top, bottom, left, right) >= 0
        ? x
        : slice(
            x as Tensor4D,
            [0, cut(top), cut(left), 0],
            [batch, height - cut(top) - cut(bottom), width - cut(left) - cut(right), channels],
          );
    return engine().runKernel('Conv2D', { x: cropped, filter } as unknown as NamedTensorMap, {
      strides,
      pad: [
        [0, 0],
        [grow(top), grow(bottom)],
        [grow(left), grow(right)],
        [0, 0],
      ],
      dataFormat: 'NHWC',
      dilations,
    }) as Tensor4D;
  });
}
