// The input's gradient of a convolution. The stock kernel is a plain loop; here XNNPACK convolves dy with the turned filter. A stride s
// is taken apart into s × s convolutions without stride, each giving every s-th row and column, so that nothing is multiplied by inserted zeros.
import { engine, tidy, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { convInfo, convolve, type ConvAttributes } from './convolution';
import { floats, type WasmBackend } from './heap';

type Info = ReturnType<typeof convInfo>;

/** Rows (or columns) start, start + s, … of dx: dx[start + s·j] = Σ_m dy[first + j − m] · w[offset + s·m]. */
interface Phase {
  start: number;
  count: number;
  offset: number;
  taps: number;
  first: number;
}

function phases(stride: number, size: number, kernel: number, pad: number): Phase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, start) => {
    const offset = (start + pad) % stride;
    return {
      start,
      count: Math.ceil((size - start) / stride),
      offset,
      taps: Math.max(0, Math.ceil((kernel - offset) / stride)),
      first: (start + pad - offset) / stride,
    };
  });
}

/** Padding before and behind dy so that the convolution gives a phase's rows. */
function reach({ count, taps, first }: Phase, size: number): [number, number] {
  const before = taps - 1 - first;
  return [before, count + taps - 1 - size - before];
}

/** dy [n, oh, ow, f], filter [kh, kw, c, f] → [n, h, w, c]. */
export function conv2dBackpropInput(
  { dy, filter }: Record<'dy' | 'filter', Tensor>,
  attributes: ConvAttributes & { inputShape: number[] },
  backend: WasmBackend,
): Tensor | TensorInfo {
  const info = convInfo(attributes.inputShape, filter.shape, attributes);
  if (info.strideHeight === 1 && info.strideWidth === 1) return whole(dy, filter, info, backend);
  if (info.dilationHeight === 1 && info.dilationWidth === 1) return phased(dy, filter, info, backend);
  throw new Error('A convolution has either a stride or a dilation, not both.');
}

function whole(dy: Tensor, filter: Tensor, info: Info, backend: WasmBackend): Tensor {
  const { dilationHeight, dilationWidth, inHeight, inWidth, filterHeight, filterWidth, padInfo } = info;
  const top = (filterHeight - 1) * dilationHeight - padInfo.top;
  const left = (filterWidth - 1) * dilationWidth - padInfo.left;
  const bottom = inHeight + (filterHeight - 1) * dilationHeight - info.outHeight - top;
  const right = inWidth + (filterWidth - 1) * dilationWidth - info.outWidth - left;
  return tidy(() => {
    const turned = turnedFilter(filter, everyTap(filterHeight), everyTap(filterWidth), backend);
    return convolve(dy, turned, { top, bottom, left, right }, [1, 1], [dilationHeight, dilationWidth]);
  });
}

function phased(dy: Tensor, filter: Tensor, info: Info, backend: WasmBackend): TensorInfo {
  const dx = backend.makeOutput(info.inShape, 'float32');
  floats(backend, dx).fill(0); // Phases that no tap reaches stay 0.
  for (const row of phases(info.strideHeight, info.inHeight, info.filterHeight, info.padInfo.top)) {
    for (const column of phases(info.strideWidth, info.inWidth, info.filterWidth, info.padInfo.left)) {
      if (row.taps === 0 || column.taps === 0) continue;
      tidy(() => {
        const [top, bottom] = reach(row, info.outHeight);
        const [left, right] = reach(column, info.outWidth);
        const turned = turnedFilter(filter, { ...row, step: info.strideHeight }, { ...column, step: info.strideWidth }, backend);
        scatter(backend, convolve(dy, turned, { top, bottom, left, right }), dx, info, row, column);
      });
    }
  }
  return dx;
}

/** Which rows (or columns) of the filter: offset, offset + step, …, as many as there are taps. */
interface Taps {
  offset: number;
  step: number;
  taps: number;
}

const everyTap = (kernel: number): Taps => ({ offset: 0, step: 1, taps: kernel });

/** The chosen taps of a filter [kh, kw, c, f] in reversed order, inputs and outputs swapped: [taps, taps, f, c]. */
function turnedFilter(filter: Tensor, rows: Taps, columns: Taps, backend: WasmBackend): Tensor {
  const [, width, channels, filters] = filter.shape;
  const turned = engine().makeTensorFromTensorInfo(backend.makeOutput([rows.taps, columns.taps, filters, channels], 'float32'));
  const [from, to] = [filter, turned].map((t) => floats(backend, t));
  let write = 0;
  for (let i = rows.taps - 1; i >= 0; i--) {
    for (let j = columns.taps - 1; j >= 0; j--) {
      const block = ((rows.offset + i * rows.step) * width + columns.offset + j * columns.step) * channels * filters;
      for (let f = 0; f < filters; f++) for (let c = 0; c < channels; c++) to[write++] = from[block + c * filters + f];
    }
  }
  return turned;
}

function scatter(backend: WasmBackend, from: Tensor, to: TensorInfo, info: Info, row: Phase, column: Phase): void {
  const { batchSize, inHeight, inWidth, inChannels, strideHeight, strideWidth } = info;
  const values = floats(backend, from);
  const dx = floats(backend, to);
  let read = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let i = 0; i < row.count; i++) {
      let write = ((n * inHeight + row.start + i * strideHeight) * inWidth + column.start) * inChannels;
      for (let j = 0; j < column.count; j++) {
        for (let c = 0; c < inChannels; c++) dx[write + c] = values[read++];
        write += strideWidth * inChannels;
      }
    }
  }
}
