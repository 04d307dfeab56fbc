// The gradients of ReLU and ReLU6 in one pass: dy where the output is above zero, and below 6.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { floats, type WasmBackend } from './heap';

type Inputs = Record<'dy' | 'y', Tensor>;

export function reluGrad(inputs: Inputs, _attributes: object, backend: WasmBackend): TensorInfo[] {
  return between(inputs, Infinity, backend);
}

export function relu6Grad(inputs: Inputs, _attributes: object, backend: WasmBackend): TensorInfo[] {
  return between(inputs, 6, backend);
}

function between(inputs: Inputs, most: number, backend: WasmBackend): TensorInfo[] {
  const output = backend.makeOutput(inputs.y.shape, 'float32');
  const [dy, y, dx] = [inputs.dy, inputs.y, output].map((t) => floats(backend, t));
  for (let i = 0; i < dx.length; i++) dx[i] = y[i] > 0 && y[i] < most ? dy[i] : 0;
  return [output];
}
