// The gradient of a convolution's filters on TensorFlow's processor engine: an op of our own (native/ops), where it is the faster one.
import { backend_util, getKernel, registerKernel, tidy, unregisterKernel, util, type Tensor4D } from '@tensorflow/tfjs-core';
import type { TensorFlowBackend } from './tensorflow';

const KERNEL = 'Conv2DBackpropFilter';
const BACKEND = 'tensorflow';
/** Our op lists each point that a place in the filter reaches: of so many the list is as large as a picture. */
const MOST_POINTS = 2 ** 18;
/** Multiply-adds below which oneDNN takes longer to get ready than our op to compute. */
const LITTLE_WORK = 2 ** 20;

/** Our op computes so many filters at a time, and zeros for those that are missing. */
const TILE_FILTERS = 16;

interface Attributes {
  filterShape: [number, number, number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export function registerFilterGradient(): void {
  const stock = getKernel(KERNEL, BACKEND);
  unregisterKernel(KERNEL, BACKEND);
  registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs.x as Tensor4D;
      const dy = call.inputs.dy as Tensor4D;
      const { filterShape, strides, pad, dataFormat, dimRoundingMode } = call.attrs as unknown as Attributes;
      const backend = call.backend as TensorFlowBackend;
      // Ours computes in float32 alone.
      if (dataFormat !== 'NHWC' || backend.binding.tracedPrecision === 'bfloat16') return stock.kernelFunc(call);
      const info = backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
      if (!isOurs(info) || !util.arraysEqual(dy.shape, info.outShape)) return stock.kernelFunc(call);
      const sizes = {
        filter_height: info.filterHeight,
        filter_width: info.filterWidth,
        stride_down: info.strideHeight,
        stride_across: info.strideWidth,
        pad_top: info.padInfo.top,
        pad_left: info.padInfo.left,
      };
      const attributes = Object.entries(sizes).map(([name, value]) => ({ name, type: backend.binding.TF_ATTR_INT, value }));
      return tidy(() => backend.executeMultipleOutputs('OverbatchFilterGradient', attributes, [x, dy], 1)[0]);
    },
  });
}

/** Where our op is the faster one, as measured with AVX2 for the catalogue's nets (bench/NOTES.md, 2026-11-25), or the only right one. */
function isOurs(info: backend_util.Conv2DInfo): boolean {
  const { batchSize, inChannels, outChannels, inHeight, inWidth, strideHeight, strideWidth } = info;
  const places = info.filterHeight * info.filterWidth;
  const points = info.outHeight * info.outWidth;
  // oneDNN's AVX2 kernel for strided 1 × 1 filters of few channels is wrong by half with two threads, and crashes with one.
  if (places === 1 && inChannels < 8 && strideHeight * strideWidth > 1) return true;
  if (places * points > MOST_POINTS) return false;
  if (batchSize * points * places * inChannels * outChannels <= LITTLE_WORK) return true;
  if (outChannels < TILE_FILTERS) return false;
  if (places === 1) return inChannels >= 64 && inHeight * inWidth <= 36;
  return inChannels >= 64 || (inChannels >= 16 && points >= 4096);
}
