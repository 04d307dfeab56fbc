// The filter's gradient of a convolution, missing in TF.js's WebAssembly: itself a convolution, of x with dy as the filter, where
// channels take the samples' place, samples the channels', and stride and dilation change places.
import { tidy, transpose, type Tensor } from '@tensorflow/tfjs-core';
import { convInfo, convolve, type ConvAttributes } from './convolution';

/** x [n, h, w, c], dy [n, oh, ow, f] → [kh, kw, c, f]. */
export function conv2dBackpropFilter(
  { x, dy }: Record<'x' | 'dy', Tensor>,
  attributes: ConvAttributes & { filterShape: number[] },
): Tensor {
  const info = convInfo(x.shape, attributes.filterShape, attributes);
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, filterHeight, filterWidth, padInfo } = info;
  // Rows of x that no window reaches, with a stride, are cropped: their padding is negative.
  const reach = (out: number, stride: number, kernel: number, dilation: number): number => (out - 1) * stride + (kernel - 1) * dilation + 1;
  const padding = {
    top: padInfo.top,
    bottom: reach(info.outHeight, strideHeight, filterHeight, dilationHeight) - info.inHeight - padInfo.top,
    left: padInfo.left,
    right: reach(info.outWidth, strideWidth, filterWidth, dilationWidth) - info.inWidth - padInfo.left,
  };
  return tidy(() => {
    const images = transpose(x, [3, 1, 2, 0]);
    const windows = transpose(dy, [1, 2, 0, 3]);
    const gradient = convolve(images, windows, padding, [dilationHeight, dilationWidth], [strideHeight, strideWidth]);
    return transpose(gradient, [1, 2, 0, 3]);
  });
}
