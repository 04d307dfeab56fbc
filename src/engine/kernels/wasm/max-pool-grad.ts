// The gradient of max pooling: each window hands dy to its largest value, the first of equals as TensorFlow does. The stock kernel searches
// every window once for each of its places; here it is searched once.
import { backend_util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { floats, type WasmBackend } from './heap';

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** dy [n, oh, ow, c], input [n, h, w, c] → [n, h, w, c]. */
export function maxPoolGrad(
  inputs: Record<'dy' | 'input', Tensor>,
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
  backend: WasmBackend,
): TensorInfo {
  const shape = inputs.input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const output = backend.makeOutput(shape, 'float32');
  const [dy, x, dx] = [inputs.dy, inputs.input, output].map((t) => floats(backend, t));
  dx.fill(0);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  for (let n = 0, at = 0; n < info.batchSize; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - info.padInfo.top;
      const yEnd = Math.min(inHeight, top + filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - info.padInfo.left;
        const xEnd = Math.min(inWidth, left + filterWidth);
        for (let c = 0; c < inChannels; c++, at++) {
          let largest = -Infinity;
          let place = -1;
          for (let y = Math.max(0, top); y < yEnd; y++) {
            let from = ((n * inHeight + y) * inWidth + Math.max(0, left)) * inChannels + c;
            const end = ((n * inHeight + y) * inWidth + xEnd) * inChannels;
            for (; from < end; from += inChannels) {
              if (x[from] > largest) {
                largest = x[from];
                place = from;
              }
            }
          }
          if (place >= 0) dx[place] += dy[at];
        }
      }
    }
  }
  return output;
}
