// Products of batches of matrices, as attention has them, by our loops. Where they do not apply (both transposed, or fewer matrices of one
// than of the other) by the stock kernel, which reads columns one value at a time, so that a transposed operand is transposed first.
import { tidy, transpose, type KernelFunc, type NamedTensorInfoMap, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap';
import { matrixProducts } from './matrix-product';

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

export const batchMatMul =
  (stock: KernelFunc) =>
  ({ a, b }: Record<'a' | 'b', Tensor>, { transposeA, transposeB }: Attributes, backend: WasmBackend): Tensor | TensorInfo => {
    const inFront = (t: Tensor): string => t.shape.slice(0, -2).join();
    const isOurs = !(transposeA && transposeB) && inFront(a) === inFront(b) && a.dtype === 'float32' && b.dtype === 'float32';
    if (isOurs) return matrixProducts({ a, b }, { transposeA, transposeB }, backend);
    return tidy(() => {
      const turn = (t: Tensor, turned: boolean): Tensor => {
        if (!turned) return t;
        const axes = t.shape.map((_, axis) => axis);
        return transpose(t, [...axes.slice(0, -2), t.rank - 1, t.rank - 2]);
      };
      const inputs = { a: turn(a, transposeA), b: turn(b, transposeB) } as unknown as NamedTensorInfoMap;
      return stock({ inputs, backend, attrs: { transposeA: false, transposeB: false } }) as Tensor;
    });
  };
