// Products of matrices as a dense layer, attention and their gradients have them: a row of the left one is a window, a place of its own.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { panelSize, wholeVectors } from './panels';

type Inputs = Record<'a' | 'b', Tensor>;
type Transposed = Record<'transposeA' | 'transposeB', boolean>;

/** Rows of the left one, what is summed over, columns of the right one. */
type Sizes = Record<'m' | 'k' | 'n', number>;
/** Where the matrices begin. */
type Places = Record<'left' | 'right' | 'target', number>;

export const matMul2d = (inputs: Inputs, attributes: Record<keyof Transposed, 0 | 1>, backend: WasmBackend): TensorInfo[] => [
  matrixProducts(inputs, { transposeA: attributes.transposeA === 1, transposeB: attributes.transposeB === 1 }, backend),
];

/** One matrix of the last two axes of each by the other, for as many as lie in front of them; not with both transposed. */
export function matrixProducts({ a, b }: Inputs, { transposeA, transposeB }: Transposed, backend: WasmBackend): TensorInfo {
  if (transposeA && transposeB) throw new Error('No product has both of its matrices transposed.');
  const [rows, columns] = a.shape.slice(-2);
  const [m, k] = transposeA ? [columns, rows] : [rows, columns];
  const n = b.shape[b.rank - (transposeB ? 2 : 1)];
  const output = backend.makeOutput([...a.shape.slice(0, -2), m, n], 'float32');
  const count = a.size / (m * k);
  const multiply = transposeA ? ofColumns : ofRows;
  multiply(backend, { m, k, n }, transposeB, (use) => {
    const [left, right, target] = [a, b, output].map((t) => pointer(backend, t));
    for (let i = 0; i < count; i++)
      use({ left: left + i * m * k * BYTES, right: right + i * k * n * BYTES, target: target + i * m * n * BYTES });
  });
  return output;
}

/** Runs what is given for each pair of matrices; scratch room is taken before pointers are looked up. */
type ForEach = (use: (places: Places) => void) => void;

/** a [m, k] · b [k, n], or b [n, k] transposed. */
function ofRows(backend: WasmBackend, { m, k, n }: Sizes, isTransposed: boolean, forEach: ForEach): void {
  const { program } = backend;
  const [inputStep, outputStep] = isTransposed ? [BYTES, k * BYTES] : [n * BYTES, BYTES];
  withScratch(backend, [panelSize(k, n)], (panels) =>
    forEach(({ left, right, target }) => {
      program.pack(right, panels, 1, 0, 1, 0, k, inputStep, n, outputStep);
      program.products(left, 0, k * BYTES, 1, 0, 1, 0, k, panels, 0, n, target, 0, n * BYTES, 1, m);
    }),
  );
}

/** a [k, m] transposed · b [k, n]. */
function ofColumns(backend: WasmBackend, { m, k, n }: Sizes, _isTransposed: boolean, forEach: ForEach): void {
  const { program } = backend;
  const [high, wide] = [wholeVectors(m), wholeVectors(n)];
  const sizes = [high === m ? 0 : k * m + 4, wide === n ? 0 : k * wide, high === m && wide === n ? 0 : high * wide];
  withScratch(backend, sizes, (copied, widened, gathered) =>
    forEach(({ left, right, target }) => {
      if (copied) program.frame(left, k, m, 1, copied, k, m, 0, 0);
      if (widened) program.frame(right, k, n, 1, widened, k, wide, 0, 0);
      program.zeros(gathered || target, high * wide);
      const [from, slope] = [copied || left, widened || right];
      program.gradientProducts(from, 0, m * BYTES, slope, 0, wide * BYTES, 1, k, 1, 0, 1, 0, m, wide, gathered || target);
      if (gathered) program.frame(gathered, m, wide, 1, target, m, n, 0, 0);
    }),
  );
}
