// GELU, layer and group normalization and attention on an engine, against PyTorch in double precision (test/fixtures/make-transformer.py).
import { add, mul, reshape, tensor, tidy, type Tensor, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { attention } from '#engine/kernels/attention';
import { groupNorm } from '#engine/kernels/group-norm';
import { gelu, layerNorm } from '#engine/kernels/transformer';
import type { Runtime } from '#engine/runtime';
import { backpropagate, record } from '#engine/tape';

interface Case {
  inputs: number[][];
  outputs: number[][];
}
const reference = JSON.parse(readFileSync(new URL('../fixtures/transformer.json', import.meta.url), 'utf8')) as {
  gelu: Case;
  layerNorm: Case & { shape: number[]; epsilon: number };
  groupNorm: Case & { shape: number[]; groups: number; epsilon: number };
  attention: Case & { shape: number[]; heads: number };
};

/** Single precision; the row at 100 ± 3 loses two digits in its mean. */
const BOUND = 2e-5;

const worst = (found: Float32Array, expected: number[]): number => {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / scale));
};

/** Value and gradients, given the gradient that arrives. */
function differentiate(f: (xs: Tensor[]) => Tensor, xs: Tensor[], dy: Tensor): Float32Array[] {
  return tidy(() => {
    const recording = record(() => [f(xs)]);
    const value = recording.outputs[0].dataSync() as Float32Array;
    const gradients = backpropagate(recording, [[recording.outputs[0], add(dy, 0)]], xs);
    return [value, ...gradients.map((gradient) => gradient!.dataSync() as Float32Array)];
  });
}

export function transformerKernelSuite(load: () => Promise<Runtime>): void {
  beforeAll(async () => void (await load()));

  const geluWith = (activate: (x: Tensor) => Tensor): number[] => {
    const [x, dy] = reference.gelu.inputs.map((values) => tensor(values, [6, 8]));
    const found = differentiate(([v]) => activate(v), [x], dy);
    return found.map((values, i) => worst(values, reference.gelu.outputs[i]));
  };

  const layerNormWith = (normalize: typeof layerNorm): number[] => {
    const { shape, epsilon, inputs, outputs } = reference.layerNorm;
    const [x, gamma, beta, dy] = inputs.map((values, i) => tensor(values, i === 1 || i === 2 ? undefined : shape));
    const found = differentiate(([v, g, b]) => normalize(v, g as Tensor1D, b as Tensor1D, epsilon), [x, gamma, beta], dy);
    return found.map((values, i) => worst(values, outputs[i]));
  };

  const groupNormWith = (normalize: typeof groupNorm): number[] => {
    const { shape, groups, epsilon, inputs, outputs } = reference.groupNorm;
    const [x, gamma, beta, dy] = inputs.map((values, i) => tensor(values, i === 1 || i === 2 ? undefined : shape));
    const found = differentiate(([v, g, b]) => normalize(v, g as Tensor1D, b as Tensor1D, groups, epsilon), [x, gamma, beta], dy);
    return found.map((values, i) => worst(values, outputs[i]));
  };

  const attentionWith = (attend: typeof attention): number[] => {
    const { shape, heads, inputs, outputs } = reference.attention;
    const [x, dy] = inputs.map((values, i) => tensor(values, i === 0 ? shape : [shape[0], shape[1], shape[2] / 3]));
    const found = differentiate(([v]) => attend(v as Tensor3D, heads), [x], dy);
    return found.map((values, i) => worst(values, outputs[i]));
  };

  describe('against PyTorch', () => {
    it('GELU and its gradient', () => expect(Math.max(...geluWith(gelu))).toBeLessThan(BOUND));

    it('layer normalization and its three gradients', () => expect(Math.max(...layerNormWith(layerNorm))).toBeLessThan(BOUND));

    it('group normalization and its three gradients', () => expect(Math.max(...groupNormWith(groupNorm))).toBeLessThan(BOUND));

    it('attention and its gradient', () => expect(Math.max(...attentionWith(attention))).toBeLessThan(BOUND));

    it('control: other groups, and fewer heads, are caught', () => {
      expect(Math.max(...groupNormWith((x, g, b, groups, epsilon) => groupNorm(x, g, b, 2 * groups, epsilon)))).toBeGreaterThan(10 * BOUND);
      expect(Math.max(...attentionWith((x) => attention(x, 1)))).toBeGreaterThan(10 * BOUND);
    });

    it('control: GELU by its sigmoid approximation, and a layer normalization whose ε is Keras’, are caught', () => {
      expect(Math.max(...geluWith((x) => mul(x, x.mul(1.702).sigmoid())))).toBeGreaterThan(10 * BOUND);
      expect(Math.max(...layerNormWith((x, g, b) => reshape(layerNorm(x, g, b, 1e-3), x.shape)))).toBeGreaterThan(10 * BOUND);
    });
  });
}
