// The gradients of a depthwise convolution with any number of outputs a channel: one pass over the products, in JavaScript on the heap.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvInfo } from './convolution';
import { floats, type WasmBackend } from './heap';

/** Calls visit with the first index in x, dy and the filter of every product, each of them for all channels of one place. */
function everyTap(info: ConvInfo, visit: (x: number, dy: number, filter: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, padInfo } = info;
  for (let n = 0; n < batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ky = 0; ky < filterHeight; ky++) {
        const y = oy * info.strideHeight + ky * info.dilationHeight - padInfo.top;
        if (y < 0 || y >= inHeight) continue;
        for (let ox = 0; ox < outWidth; ox++) {
          for (let kx = 0; kx < filterWidth; kx++) {
            const x = ox * info.strideWidth + kx * info.dilationWidth - padInfo.left;
            if (x < 0 || x >= inWidth) continue;
            visit(
              ((n * inHeight + y) * inWidth + x) * inChannels,
              ((n * outHeight + oy) * outWidth + ox) * outChannels,
              (ky * filterWidth + kx) * outChannels,
            );
          }
        }
      }
    }
  }
}

/** Fills `output` [kh, kw, c, m]. */
export function filterByProducts(inputs: Record<'x' | 'dy', Tensor>, output: TensorInfo, info: ConvInfo, backend: WasmBackend): TensorInfo {
  const [x, dy, gradient] = [inputs.x, inputs.dy, output].map((t) => floats(backend, t));
  gradient.fill(0);
  const { inChannels } = info;
  const multiplier = info.outChannels / inChannels;
  everyTap(info, (xAt, dyAt, at) => {
    for (let c = 0, k = 0; c < inChannels; c++) for (let m = 0; m < multiplier; m++, k++) gradient[at + k] += x[xAt + c] * dy[dyAt + k];
  });
  return output;
}

/** Fills `output` [n, h, w, c]. */
export function inputByProducts(
  inputs: Record<'dy' | 'filter', Tensor>,
  output: TensorInfo,
  info: ConvInfo,
  backend: WasmBackend,
): TensorInfo {
  const [dy, filter, gradient] = [inputs.dy, inputs.filter, output].map((t) => floats(backend, t));
  gradient.fill(0);
  const { inChannels } = info;
  const multiplier = info.outChannels / inChannels;
  everyTap(info, (xAt, dyAt, at) => {
    for (let c = 0, k = 0; c < inChannels; c++)
      for (let m = 0; m < multiplier; m++, k++) gradient[xAt + c] += filter[at + k] * dy[dyAt + k];
  });
  return output;
}
