// A bias added to every place, and its gradient, the sum over them.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { pointer, withScratch, type WasmBackend } from './heap';
import { lineOf } from './program';

/** x [..., c] + bias [c]. */
export function biasAdd(inputs: Record<'x' | 'bias', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo[] {
  const channels = inputs.bias.size;
  const output = backend.makeOutput(inputs.x.shape, 'float32');
  const [x, bias, y] = [inputs.x, inputs.bias, output].map((t) => pointer(backend, t));
  withScratch(backend, [lineOf(channels)], (scratch) => backend.program.addBias(x, bias, y, inputs.x.size, channels, scratch));
  return [output];
}

/** dy [..., c] → [c]. */
export function biasAddGrad({ dy }: Record<'dy', Tensor>, _attributes: object, backend: WasmBackend): TensorInfo[] {
  const channels = dy.shape[dy.rank - 1];
  const output = backend.makeOutput([channels], 'float32');
  withScratch(backend, [2 * lineOf(channels)], (scratch) =>
    backend.program.sumOverPlaces(pointer(backend, dy), dy.size, channels, scratch, 1, pointer(backend, output)),
  );
  return [output];
}
