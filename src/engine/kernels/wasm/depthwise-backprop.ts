// The gradients of a depthwise convolution, missing in TF.js's WebAssembly: one pass over the products, in JavaScript on the heap.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { convInfo, type ConvAttributes } from './convolution';
import { floats, type WasmBackend } from './heap';

type Info = ReturnType<typeof convInfo>;

/** Calls visit with the first index in x, dy and the filter of every product, each of them for all channels of one place. */
function everyTap(info: Info, visit: (x: number, dy: number, filter: number) => void): void {
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

/** x [n, h, w, c], dy [n, oh, ow, c · m] → [kh, kw, c, m]. */
export function depthwiseConv2dBackpropFilter(
  inputs: Record<'x' | 'dy', Tensor>,
  attributes: ConvAttributes & { filterShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const info = convInfo(inputs.x.shape, attributes.filterShape, attributes, true);
  const output = backend.makeOutput(attributes.filterShape, 'float32');
  const [x, dy, gradient] = [inputs.x, inputs.dy, output].map((t) => floats(backend, t));
  gradient.fill(0);
  const { inChannels } = info;
  const multiplier = info.outChannels / inChannels;
  everyTap(info, (xAt, dyAt, at) => {
    for (let c = 0, k = 0; c < inChannels; c++) for (let m = 0; m < multiplier; m++, k++) gradient[at + k] += x[xAt + c] * dy[dyAt + k];
  });
  return output;
}

/** dy [n, oh, ow, c · m], filter [kh, kw, c, m] → [n, h, w, c]. */
export function depthwiseConv2dBackpropInput(
  inputs: Record<'dy' | 'filter', Tensor>,
  attributes: ConvAttributes & { inputShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const info = convInfo(attributes.inputShape, inputs.filter.shape, attributes, true);
  const output = backend.makeOutput(attributes.inputShape, 'float32');
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
