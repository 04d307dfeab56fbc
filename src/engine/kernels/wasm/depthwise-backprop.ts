// The gradients of a depthwise convolution, missing in TF.js's WebAssembly. With one output a channel, as every net here has it, they
// are vector loops; with more, one pass over the products in JavaScript.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { convInfo, frameOf, type ConvAttributes, type ConvInfo } from './convolution';
import { filterByProducts, inputByProducts } from './depthwise-loops';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';

/** Steps in bytes of places and taps in the framed picture, whose pixels are `inChannels` values. */
function stepsOf(info: ConvInfo): { row: number; column: number; tapRow: number; tapColumn: number } {
  const pixel = info.inChannels * BYTES;
  const line = frameOf(info).width * pixel;
  return {
    row: info.strideHeight * line,
    column: info.strideWidth * pixel,
    tapRow: info.dilationHeight * line,
    tapColumn: info.dilationWidth * pixel,
  };
}

/** x [n, h, w, c], dy [n, oh, ow, c · m] → [kh, kw, c, m]. */
export function depthwiseConv2dBackpropFilter(
  inputs: Record<'x' | 'dy', Tensor>,
  attributes: ConvAttributes & { filterShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const { program } = backend;
  const info = convInfo(inputs.x.shape, attributes.filterShape, attributes, true);
  const output = backend.makeOutput(attributes.filterShape, 'float32');
  if (info.outChannels !== info.inChannels) return filterByProducts(inputs, output, info, backend);
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, filterHeight, filterWidth } = info;
  const frame = frameOf(info);
  const steps = stepsOf(info);
  withScratch(backend, [frame.height * frame.width * channels], (border) => {
    const [x, dy, gradient] = [inputs.x, inputs.dy, output].map((t) => pointer(backend, t));
    program.zeros(gradient, filterHeight * filterWidth * channels);
    for (let n = 0; n < info.batchSize; n++) {
      const picture = x + n * inHeight * inWidth * channels * BYTES;
      const slope = dy + n * outHeight * outWidth * channels * BYTES;
      program.frame(picture, inHeight, inWidth, channels, border, frame.height, frame.width, frame.top, frame.left);
      program.depthwiseFilterGradient(
        border,
        steps.row,
        steps.column,
        slope,
        outHeight,
        outWidth,
        channels,
        filterHeight,
        steps.tapRow,
        filterWidth,
        steps.tapColumn,
        gradient,
      );
    }
  });
  return output;
}

/** dy [n, oh, ow, c · m], filter [kh, kw, c, m] → [n, h, w, c]. */
export function depthwiseConv2dBackpropInput(
  inputs: Record<'dy' | 'filter', Tensor>,
  attributes: ConvAttributes & { inputShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const { program } = backend;
  const info = convInfo(attributes.inputShape, inputs.filter.shape, attributes, true);
  const output = backend.makeOutput(attributes.inputShape, 'float32');
  if (info.outChannels !== info.inChannels) return inputByProducts(inputs, output, info, backend);
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, filterHeight, filterWidth } = info;
  const frame = frameOf(info);
  const steps = stepsOf(info);
  withScratch(backend, [frame.height * frame.width * channels], (border) => {
    const [dy, filter, dx] = [inputs.dy, inputs.filter, output].map((t) => pointer(backend, t));
    for (let n = 0; n < info.batchSize; n++) {
      program.zeros(border, frame.height * frame.width * channels);
      program.depthwiseInputGradient(
        dy + n * outHeight * outWidth * channels * BYTES,
        filter,
        outHeight,
        outWidth,
        channels,
        border,
        steps.row,
        steps.column,
        filterHeight,
        steps.tapRow,
        filterWidth,
        steps.tapColumn,
      );
      const picture = dx + n * inHeight * inWidth * channels * BYTES;
      program.frame(border, frame.height, frame.width, channels, picture, inHeight, inWidth, -frame.top, -frame.left);
    }
  });
  return output;
}
