// ReLU’s gradient in one pass: dy where the output is above zero.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { floats, type WasmBackend } from './heap';

export function reluGrad(inputs: Record<'dy' | 'y', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo[] {
  const output = backend.makeOutput(inputs.y.shape, 'float32');
  const [dy, y, dx] = [inputs.dy, inputs.y, output].map((t) => floats(backend, t));
  for (let i = 0; i < dx.length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
  return [output];
}
