// The filter's gradient of a convolution, missing in TF.js's WebAssembly: for every value of the window the sum, over all its places, of the
// picture's value there times the slope.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { convInfo, frameOf, runsOf, type ConvAttributes } from './convolution';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { wholeVectors } from './panels';

/** Bytes of picture and slope that are worked at a time: half of a small first-level cache. */
const BLOCK_BYTES = 16 * 1024;

/** x [n, h, w, c], dy [n, oh, ow, f] → [kh, kw, c, f]. */
export function conv2dBackpropFilter(
  { x, dy }: Record<'x' | 'dy', Tensor>,
  attributes: ConvAttributes & { filterShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const { program } = backend;
  const info = convInfo(x.shape, attributes.filterShape, attributes);
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, outChannels: filters } = info;
  const taps: [number, number] = [info.filterHeight, info.filterWidth];
  const dilation: [number, number] = [info.dilationHeight, info.dilationWidth];
  const frame = frameOf(info);
  const wide = wholeVectors(filters);
  // Runs are read in whole vectors, and so to behind the picture's end: then a copy has room for it.
  const asItIs = frame.isPicture && runsOf(taps, dilation, channels, 0).length % 4 === 0;
  const line = (asItIs ? inWidth : frame.width) * channels * BYTES;
  const runs = runsOf(taps, dilation, channels, line);
  const runCount = runs.rows * runs.columns;
  const sizes = [
    asItIs ? 0 : frame.height * frame.width * channels + 4,
    wide === filters ? 0 : outHeight * outWidth * wide,
    wide === filters && runs.length % 4 === 0 ? 0 : runCount * wholeVectors(runs.length) * wide,
  ];
  const slopeLine = outWidth * wide * BYTES;
  const rowStep = info.strideHeight * line;
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / (rowStep + slopeLine)));

  const output = backend.makeOutput(attributes.filterShape, 'float32');
  withScratch(backend, sizes, (border, widened, gathered) => {
    const [pictures, slopes, gradient] = [x, dy, output].map((t) => pointer(backend, t));
    const sums = gathered || gradient;
    program.zeros(sums, runCount * wholeVectors(runs.length) * wide);
    for (let n = 0; n < info.batchSize; n++) {
      const picture = pictures + n * inHeight * inWidth * channels * BYTES;
      const slope = slopes + n * outHeight * outWidth * filters * BYTES;
      if (border) program.frame(picture, inHeight, inWidth, channels, border, frame.height, frame.width, frame.top, frame.left);
      if (widened) program.frame(slope, outHeight * outWidth, filters, 1, widened, outHeight * outWidth, wide, 0, 0);
      for (let row = 0; row < outHeight; row += blockRows) {
        program.gradientProducts(
          (border || picture) + row * rowStep,
          rowStep,
          info.strideWidth * channels * BYTES,
          (widened || slope) + row * slopeLine,
          slopeLine,
          wide * BYTES,
          Math.min(blockRows, outHeight - row),
          outWidth,
          runs.rows,
          runs.rowStep,
          runs.columns,
          runs.columnStep,
          runs.length,
          wide,
          sums,
        );
      }
    }
    if (!gathered) return;
    for (let run = 0; run < runCount; run++) {
      const from = gathered + run * wholeVectors(runs.length) * wide * BYTES;
      program.frame(from, runs.length, wide, 1, gradient + run * runs.length * filters * BYTES, runs.length, filters, 0, 0);
    }
  });
  return output;
}
