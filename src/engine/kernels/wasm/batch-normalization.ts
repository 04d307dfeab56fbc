// BatchNorm and its gradient in as few passes over the heap as there can be; sums are kept in double precision. See fused.ts for the tensors.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { floats, type WasmBackend } from './heap';

export function batchNorm(
  inputs: Record<'x' | 'scale' | 'offset', Tensor>,
  { epsilon }: { epsilon: number },
  backend: WasmBackend,
): TensorInfo[] {
  const { x: input } = inputs;
  const channels = inputs.scale.size;
  const count = input.size / channels;
  const make = (): TensorInfo => backend.makeOutput([channels], 'float32');
  const output = backend.makeOutput(input.shape, 'float32');
  // As composed.ts has it: mean, variance, and for the gradient the mean, 1/√(variance + ε) and one more.
  const [average, variance, savedMean, savedInverse, spare] = [make(), make(), make(), make(), make()];
  const [x, scale, offset, y] = [input, inputs.scale, inputs.offset, output].map((t) => floats(backend, t));

  const mean = new Float64Array(channels);
  for (let at = 0; at < x.length;) for (let c = 0; c < channels; c++) mean[c] += x[at++];
  for (let c = 0; c < channels; c++) mean[c] /= count;
  const spread = new Float64Array(channels);
  for (let at = 0; at < x.length;) {
    for (let c = 0; c < channels; c++) {
      const distance = x[at++] - mean[c];
      spread[c] += distance * distance;
    }
  }
  for (let c = 0; c < channels; c++) spread[c] /= count;
  const inverse = spread.map((v) => 1 / Math.sqrt(v + epsilon));
  const factor = inverse.map((v, c) => v * scale[c]);
  const shift = mean.map((m, c) => offset[c] - m * factor[c]);
  for (let at = 0; at < input.size;) for (let c = 0; c < channels; c++, at++) y[at] = x[at] * factor[c] + shift[c];

  for (const info of [average, savedMean]) floats(backend, info).set(mean);
  for (const info of [variance, spare]) floats(backend, info).set(spread);
  floats(backend, savedInverse).set(inverse);
  return [output, average, variance, savedMean, savedInverse, spare];
}

export function batchNormGrad(
  inputs: Record<'dy' | 'x' | 'scale' | 'saved0' | 'saved1', Tensor>,
  _attributes: object,
  backend: WasmBackend,
): TensorInfo[] {
  const { size, shape } = inputs.x;
  const channels = inputs.scale.size;
  const count = size / channels;
  const outputs = [shape, [channels], [channels]].map((s) => backend.makeOutput(s, 'float32'));
  const [dy, x, scale, mean, inverse] = [inputs.dy, inputs.x, inputs.scale, inputs.saved0, inputs.saved1].map((t) => floats(backend, t));
  const [dx, dscale, doffset] = outputs.map((info) => floats(backend, info));

  const slope = new Float64Array(channels);
  const product = new Float64Array(channels);
  for (let at = 0; at < size;) {
    for (let c = 0; c < channels; c++, at++) {
      slope[c] += dy[at];
      product[c] += dy[at] * (x[at] - mean[c]);
    }
  }
  for (let c = 0; c < channels; c++) product[c] *= inverse[c];
  // dx = scale · inverse · (dy − Σdy / n − x̂ · Σ(dy · x̂) / n), with x̂ = (x − mean) · inverse
  const factor = slope.map((_sum, c) => scale[c] * inverse[c]);
  const constant = slope.map((sum, c) => (factor[c] * sum) / count);
  const linear = product.map((sum, c) => (factor[c] * inverse[c] * sum) / count);
  for (let at = 0; at < size;) {
    for (let c = 0; c < channels; c++, at++) dx[at] = factor[c] * dy[at] - constant[c] - linear[c] * (x[at] - mean[c]);
  }
  dscale.set(product);
  doffset.set(slope);
  return outputs;
}
