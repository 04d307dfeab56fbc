// Sums and means over neighbouring axes, where axes behind them are kept (a bias's gradient, a global average). The stock kernels
// transpose the whole tensor first; here rows are added up as they lie.
import { util, type KernelFunc, type NamedTensorInfoMap, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { lineOf } from './program';

interface Attributes {
  axis: number | number[];
  keepDims: boolean;
}

/** Outer · reduced · inner axes, as products; undefined where the stock kernel is right: other shapes, and nothing behind the reduced axes. */
function groups(x: Tensor, axis: number | number[]): [number, number, number] | undefined {
  if (x.dtype !== 'float32') return undefined;
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const last = axes[axes.length - 1];
  if (axes.length === 0 || last === x.rank - 1 || last - axes[0] !== axes.length - 1) return undefined;
  const product = (from: number, to: number): number => x.shape.slice(from, to).reduce((a, b) => a * b, 1);
  return [product(0, axes[0]), product(axes[0], last + 1), product(last + 1, x.rank)];
}

export const reduction =
  (kind: 'sum' | 'mean', stock: KernelFunc) =>
  ({ x }: Record<'x', Tensor>, { axis, keepDims }: Attributes, backend: WasmBackend): TensorInfo => {
    const sizes = groups(x, axis);
    if (!sizes) return stock({ inputs: { x } as unknown as NamedTensorInfoMap, attrs: { axis, keepDims }, backend }) as TensorInfo;
    const [outer, reduced, inner] = sizes;
    const axes = util.parseAxisParam(axis, x.shape);
    const shape = x.shape.flatMap((size, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [size]));
    const output = backend.makeOutput(shape, 'float32');
    const factor = kind === 'mean' ? 1 / reduced : 1;
    withScratch(backend, [2 * lineOf(inner)], (scratch) => {
      const [from, to] = [x, output].map((t) => pointer(backend, t));
      for (let o = 0; o < outer; o++) {
        backend.program.sumOverPlaces(from + o * reduced * inner * BYTES, reduced * inner, inner, scratch, factor, to + o * inner * BYTES);
      }
    });
    return output;
  };
