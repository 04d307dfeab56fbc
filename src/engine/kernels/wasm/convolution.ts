// Convolutions as sums of products: how windows lie in a picture's memory, and the forward pass. Pictures are worked one after another,
// so that what a product reads stays in the processor's cache.
import { backend_util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { panelSize } from './panels';

/** Attributes of TF.js's convolution kernels; channels are last. */
export interface ConvAttributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat?: string;
}

export type ConvInfo = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

export function convInfo(xShape: number[], filterShape: number[], attributes: ConvAttributes, depthwise = false): ConvInfo {
  const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = 'NHWC' } = attributes;
  if (dataFormat !== 'NHWC') throw new Error(`Convolutions on WebAssembly expect dataFormat NHWC, found ${dataFormat}.`);
  return backend_util.computeConv2DInfo(xShape as Shape4, filterShape as Shape4, strides, dilations, pad, dimRoundingMode, depthwise);
}

/** A picture with the border its windows reach into, or without the rows and columns that none reaches. */
export interface Frame {
  height: number;
  width: number;
  top: number;
  left: number;
  /** The picture itself will do: nothing stands before it. */
  isPicture: boolean;
}

export function frameOf(info: ConvInfo): Frame {
  const reach = (out: number, stride: number, kernel: number, dilation: number): number => (out - 1) * stride + (kernel - 1) * dilation + 1;
  const height = reach(info.outHeight, info.strideHeight, info.filterHeight, info.dilationHeight);
  const width = reach(info.outWidth, info.strideWidth, info.filterWidth, info.dilationWidth);
  const { top, left } = info.padInfo;
  return { height, width, top, left, isPicture: top === 0 && left === 0 && height <= info.inHeight && width <= info.inWidth };
}

/** What of a window lies side by side: a row of it, or with a dilation one tap. Steps are in bytes. */
export interface Runs {
  rows: number;
  rowStep: number;
  columns: number;
  columnStep: number;
  /** Values of one. */
  length: number;
}

/** @param line bytes from one row of the picture to the next */
export function runsOf([rows, columns]: [number, number], [down, across]: [number, number], channels: number, line: number): Runs {
  const joined = columns === 1 || across === 1;
  return {
    rows,
    rowStep: down * line,
    columns: joined ? 1 : columns,
    columnStep: across * channels * BYTES,
    length: (joined ? columns : 1) * channels,
  };
}

/** x [n, h, w, c], filter [kh, kw, c, f] → [n, oh, ow, f]. */
export function conv2d({ x, filter }: Record<'x' | 'filter', Tensor>, attributes: ConvAttributes, backend: WasmBackend): TensorInfo {
  const { program } = backend;
  const info = convInfo(x.shape, filter.shape, attributes);
  const { inHeight, inWidth, inChannels: channels, outHeight, outWidth, outChannels: filters } = info;
  const frame = frameOf(info);
  const line = (frame.isPicture ? inWidth : frame.width) * channels * BYTES;
  const runs = runsOf([info.filterHeight, info.filterWidth], [info.dilationHeight, info.dilationWidth], channels, line);
  const output = backend.makeOutput(info.outShape, 'float32');
  const framed = frame.isPicture ? 0 : frame.height * frame.width * channels;
  withScratch(backend, [framed, panelSize(filter.size / filters, filters)], (border, panels) => {
    const tap = channels * filters * BYTES;
    const [from, to, kernel] = [x, output, filter].map((t) => pointer(backend, t));
    program.pack(
      kernel,
      panels,
      info.filterHeight,
      info.filterWidth * tap,
      info.filterWidth,
      tap,
      channels,
      filters * BYTES,
      filters,
      BYTES,
    );
    for (let n = 0; n < info.batchSize; n++) {
      const picture = from + n * inHeight * inWidth * channels * BYTES;
      if (border) program.frame(picture, inHeight, inWidth, channels, border, frame.height, frame.width, frame.top, frame.left);
      program.products(
        border || picture,
        info.strideHeight * line,
        info.strideWidth * channels * BYTES,
        runs.rows,
        runs.rowStep,
        runs.columns,
        runs.columnStep,
        runs.length,
        panels,
        0,
        filters,
        to + n * outHeight * outWidth * filters * BYTES,
        outWidth * filters * BYTES,
        filters * BYTES,
        outHeight,
        outWidth,
      );
    }
  });
  return output;
}
