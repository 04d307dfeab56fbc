// Matrix products with a transposed operand, as every gradient of a dense layer has: the stock kernel reads columns one value at a time
// (45 times slower for a 1024² product, WASM.md), so the operand is transposed first.
import { tidy, transpose, type KernelFunc, type NamedTensorInfoMap, type Tensor } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap';

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

export const batchMatMul =
  (stock: KernelFunc) =>
  ({ a, b }: Record<'a' | 'b', Tensor>, { transposeA, transposeB }: Attributes, backend: WasmBackend): Tensor =>
    tidy(() => {
      const turn = (t: Tensor, turned: boolean): Tensor => {
        if (!turned) return t;
        const axes = t.shape.map((_, axis) => axis);
        return transpose(t, [...axes.slice(0, -2), t.rank - 1, t.rank - 2]);
      };
      const inputs = { a: turn(a, transposeA), b: turn(b, transposeB) } as unknown as NamedTensorInfoMap;
      return stock({ inputs, backend, attrs: { transposeA: false, transposeB: false } }) as Tensor;
    });
