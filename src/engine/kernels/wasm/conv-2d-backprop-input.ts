// The input's gradient of a convolution: dy is convolved with the turned filter. A stride s is taken apart into s × s convolutions
// without stride, each giving every s-th row and column, so that nothing is multiplied by inserted zeros.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { convInfo, runsOf, type ConvAttributes } from './convolution';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { panelSize } from './panels';

/** Rows (or columns) start, start + s, … of dx: dx[start + s·j] = Σ_m dy[first + j − m·dilation] · w[offset + s·m]. */
interface Phase {
  start: number;
  count: number;
  offset: number;
  taps: number;
  /** Rows (or columns) of zeros that must stand before dy; those before it that are not read, if negative. */
  before: number;
}

function phasesOf(stride: number, dilation: number, size: number, kernel: number, pad: number): Phase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, start) => {
    const offset = (start + pad) % stride;
    const taps = Math.max(0, Math.ceil((kernel - offset) / stride));
    const first = (start + pad - offset) / stride;
    return { start, count: Math.ceil((size - start) / stride), offset, taps, before: (taps - 1) * dilation - first };
  }).filter(({ taps }) => taps > 0);
}

/** dy between borders that are enough for all phases. */
function borderOf(phases: readonly Phase[], dilation: number): { before: number; size: number } {
  const before = Math.max(0, ...phases.map((phase) => phase.before));
  return { before, size: Math.max(...phases.map((phase) => before - phase.before + phase.count + (phase.taps - 1) * dilation)) };
}

/** dy [n, oh, ow, f], filter [kh, kw, c, f] → [n, h, w, c]. */
export function conv2dBackpropInput(
  { dy, filter }: Record<'dy' | 'filter', Tensor>,
  attributes: ConvAttributes & { inputShape: number[] },
  backend: WasmBackend,
): TensorInfo {
  const { program } = backend;
  const info = convInfo(attributes.inputShape, filter.shape, attributes);
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  if (strideHeight * strideWidth > 1 && dilationHeight * dilationWidth > 1) {
    throw new Error('A convolution has either a stride or a dilation, not both.');
  }
  const filters = info.outChannels;
  const rows = phasesOf(strideHeight, dilationHeight, inHeight, info.filterHeight, padInfo.top);
  const columns = phasesOf(strideWidth, dilationWidth, inWidth, info.filterWidth, padInfo.left);
  const down = borderOf(rows, dilationHeight);
  const across = borderOf(columns, dilationWidth);
  const isBare = down.before === 0 && across.before === 0 && down.size <= outHeight && across.size <= outWidth;
  const width = isBare ? outWidth : across.size;
  const line = width * filters * BYTES;
  const phases = rows.flatMap((row) =>
    columns.map((column) => ({ row, column, size: panelSize(row.taps * column.taps * filters, inChannels) })),
  );

  const output = backend.makeOutput(info.inShape, 'float32');
  const panels = phases.reduce((sum, { size }) => sum + size, 0);
  withScratch(backend, [isBare ? 0 : down.size * width * filters, panels], (border, packed) => {
    const [slopes, weights, dx] = [dy, filter, output].map((t) => pointer(backend, t));
    const tap = inChannels * filters * BYTES;
    let at = packed;
    const turned = phases.map(({ row, column, size }) => {
      const last = (row.offset + (row.taps - 1) * strideHeight) * info.filterWidth + column.offset + (column.taps - 1) * strideWidth;
      const [rowStep, columnStep] = [-strideHeight * info.filterWidth * tap, -strideWidth * tap];
      program.pack(weights + last * tap, at, row.taps, rowStep, column.taps, columnStep, filters, BYTES, inChannels, filters * BYTES);
      at += size * BYTES;
      return at - size * BYTES;
    });
    // What no tap reaches stays 0.
    if (phases.length < strideHeight * strideWidth)
      program.zeros(
        dx,
        output.shape.reduce((a, b) => a * b, 1),
      );
    for (let n = 0; n < info.batchSize; n++) {
      const slope = slopes + n * outHeight * outWidth * filters * BYTES;
      if (border) program.frame(slope, outHeight, outWidth, filters, border, down.size, width, down.before, across.before);
      for (const [i, { row, column }] of phases.entries()) {
        const start = (down.before - row.before) * line + (across.before - column.before) * filters * BYTES;
        const runs = runsOf([row.taps, column.taps], [dilationHeight, dilationWidth], filters, line);
        const first = ((n * inHeight + row.start) * inWidth + column.start) * inChannels * BYTES;
        program.products(
          (border || slope) + start,
          line,
          filters * BYTES,
          runs.rows,
          runs.rowStep,
          runs.columns,
          runs.columnStep,
          runs.length,
          turned[i],
          0,
          inChannels,
          dx + first,
          strideHeight * inWidth * inChannels * BYTES,
          strideWidth * inChannels * BYTES,
          row.count,
          column.count,
        );
      }
    }
  });
  return output;
}
