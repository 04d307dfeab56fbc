// Products of matrices as a dense layer and its gradient have them: a row of the left one is a window, a place of its own.
import type { Tensor, Tensor2D, TensorInfo } from '@tensorflow/tfjs-core';
import { BYTES, pointer, withScratch, type WasmBackend } from './heap';
import { panelSize, wholeVectors } from './panels';

type Inputs = Record<'a' | 'b', Tensor>;
type Matrices = Record<'a' | 'b', Tensor2D>;
type Attributes = Record<'transposeA' | 'transposeB', 0 | 1>;

export function matMul2d(inputs: Inputs, { transposeA, transposeB }: Attributes, backend: WasmBackend): TensorInfo[] {
  if (transposeA && transposeB) throw new Error('No product has both of its matrices transposed.');
  const matrices = inputs as Matrices;
  return [transposeA ? ofColumns(matrices, backend) : ofRows(matrices, transposeB === 1, backend)];
}

/** a [m, k] · b [k, n], or b [n, k] transposed. */
function ofRows({ a, b }: Matrices, isTransposed: boolean, backend: WasmBackend): TensorInfo {
  const { program } = backend;
  const [m, k] = a.shape;
  const n = isTransposed ? b.shape[0] : b.shape[1];
  const output = backend.makeOutput([m, n], 'float32');
  withScratch(backend, [panelSize(k, n)], (panels) => {
    const [left, right, target] = [a, b, output].map((t) => pointer(backend, t));
    const [inputStep, outputStep] = isTransposed ? [BYTES, k * BYTES] : [n * BYTES, BYTES];
    program.pack(right, panels, 1, 0, 1, 0, k, inputStep, n, outputStep);
    program.products(left, 0, k * BYTES, 1, 0, 1, 0, k, panels, 0, n, target, 0, n * BYTES, 1, m);
  });
  return output;
}

/** a [k, m] transposed · b [k, n]. */
function ofColumns({ a, b }: Matrices, backend: WasmBackend): TensorInfo {
  const { program } = backend;
  const [k, m] = a.shape;
  const n = b.shape[1];
  const [high, wide] = [wholeVectors(m), wholeVectors(n)];
  const output = backend.makeOutput([m, n], 'float32');
  const sizes = [high === m ? 0 : k * m + 4, wide === n ? 0 : k * wide, high === m && wide === n ? 0 : high * wide];
  withScratch(backend, sizes, (copied, widened, gathered) => {
    const [left, right, target] = [a, b, output].map((t) => pointer(backend, t));
    if (copied) program.frame(left, k, m, 1, copied, k, m, 0, 0);
    if (widened) program.frame(right, k, n, 1, widened, k, wide, 0, 0);
    program.zeros(gathered || target, high * wide);
    const [from, slope] = [copied || left, widened || right];
    program.gradientProducts(from, 0, m * BYTES, slope, 0, wide * BYTES, 1, k, 1, 0, 1, 0, m, wide, gathered || target);
    if (gathered) program.frame(gathered, m, wide, 1, target, m, n, 0, 0);
  });
  return output;
}
