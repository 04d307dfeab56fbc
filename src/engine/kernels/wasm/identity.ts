// A copy that shares its values, as reshape and the other backends do. The stock kernel copies them: everything saved for the
// backward pass would be in memory twice.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap';

export function identity({ x }: Record<'x', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}
