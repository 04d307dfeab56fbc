// The gradients of ReLU and ReLU6 in one pass: dy where the output is above zero, and below 6.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { pointer, type WasmBackend } from './heap';

const between =
  (most: number) =>
  ({ dy, y }: Record<'dy' | 'y', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo[] => {
    const output = backend.makeOutput(y.shape, 'float32');
    const [slope, value, dx] = [dy, y, output].map((t) => pointer(backend, t));
    backend.program.rectifierGradient(slope, value, most, dx, y.size);
    return [output];
  };

export const reluGrad = between(Infinity);
export const relu6Grad = between(6);
