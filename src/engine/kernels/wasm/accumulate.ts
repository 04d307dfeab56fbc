// A gradient added to the sum of those before it, in the sum's own memory.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { pointer, type WasmBackend } from './heap';

export function accumulate({ sum, gradient }: Record<'sum' | 'gradient', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo[] {
  backend.program.addInto(pointer(backend, sum), pointer(backend, gradient), sum.size);
  backend.incRef(sum.dataId);
  return [{ dataId: sum.dataId, shape: sum.shape, dtype: sum.dtype }];
}
