// BatchNorm and its gradient. See fused.ts for the tensors.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { pointer, withScratch, type WasmBackend } from './heap';
import { lineOf } from './program';

export function batchNorm(
  inputs: Record<'x' | 'scale' | 'offset', Tensor>,
  { epsilon }: { epsilon: number },
  backend: WasmBackend,
): TensorInfo[] {
  const { x, scale, offset } = inputs;
  const channels = scale.size;
  const output = backend.makeOutput(x.shape, 'float32');
  const [mean, variance, inverse] = Array.from({ length: 3 }, () => backend.makeOutput([channels], 'float32'));
  const [from, by, plus, y, average, spread, inverted] = [x, scale, offset, output, mean, variance, inverse].map((t) =>
    pointer(backend, t),
  );
  withScratch(backend, [5 * lineOf(channels)], (scratch) =>
    backend.program.batchNorm(from, by, plus, epsilon, x.size, channels, y, average, spread, inverted, scratch),
  );
  // As composed.ts has it: mean, variance, and for the gradient the mean, 1/√(variance + ε) and one more.
  const again = (info: TensorInfo): TensorInfo => {
    backend.incRef(info.dataId);
    return { ...info };
  };
  return [output, mean, variance, again(mean), inverse, again(variance)];
}

export function batchNormGrad(
  inputs: Record<'dy' | 'x' | 'scale' | 'saved0' | 'saved1', Tensor>,
  _attributes: object,
  backend: WasmBackend,
): TensorInfo[] {
  const { dy, x, scale, saved0: mean, saved1: inverse } = inputs;
  const channels = scale.size;
  const outputs = [x.shape, [channels], [channels]].map((shape) => backend.makeOutput(shape, 'float32'));
  const [slope, from, by, average, inverted, dx, dscale, doffset] = [dy, x, scale, mean, inverse, ...outputs].map((t) =>
    pointer(backend, t),
  );
  withScratch(backend, [8 * lineOf(channels)], (scratch) =>
    backend.program.batchNormGradient(slope, from, by, average, inverted, x.size, channels, dx, dscale, doffset, scratch),
  );
  return outputs;
}
