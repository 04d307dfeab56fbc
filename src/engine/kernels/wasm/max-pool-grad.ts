// The gradient of max pooling: each window hands dy to its largest value, the first of equals as TensorFlow does. The stock kernel searches
// every window once for each of its places; here it is searched once.
import { backend_util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { pointer, type WasmBackend } from './heap';

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** dy [n, oh, ow, c], input [n, h, w, c] → [n, h, w, c]. */
export function maxPoolGrad(
  { dy, input }: Record<'dy' | 'input', Tensor>,
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
  backend: WasmBackend,
): TensorInfo {
  const shape = input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const output = backend.makeOutput(shape, 'float32');
  const [slope, x, dx] = [dy, input, output].map((t) => pointer(backend, t));
  backend.program.maxPoolGradient(
    slope,
    x,
    dx,
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  );
  return output;
}
