// A whole small net, convolution and BatchNorm, on WebAssembly against the cpu backend: every gradient and every statistic.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { registerComposedKernels } from '#engine/kernels/composed';
import { accumulate } from '#engine/mbp';
import { resnet8 } from '#engine/models/resnet-8';
import { vitTiny } from '#engine/models/vit-tiny';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import { plainSgd, readFrom, residualNetwork, tinyData, tinyNetwork, TINY_CLASSES, TINY_SHAPE, withBench } from '#test/support/tiny';
import { loadWasm } from '#trainer/wasm/load';

async function carryOn(backend: string, runtime: Runtime, network: Network, pieces: number[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const data = tinyData(pieces.reduce((a, b) => a + b, 0));
  return withBench(runtime, network, plainSgd(), async (bench) => {
    const carry = accumulate(bench, pieces, readFrom(data, data.train));
    const values = carry.map((t) => Float32Array.from(t.dataSync()));
    tf.dispose(carry);
    return values;
  });
}

const relative = (a: Float32Array, b: Float32Array): number => {
  let [difference, size] = [0, 0];
  a.forEach((v, i) => ((difference += (v - b[i]) ** 2), (size += b[i] ** 2)));
  return Math.sqrt(difference / Math.max(size, 1e-20));
};

it.each([
  ['convolution, pooling, dense', () => tinyNetwork(), 1e-6],
  ['with BatchNorm', () => tinyNetwork({ batchNorm: true }), 1e-5],
  ['residual, with strides', residualNetwork, 1e-5],
  ['residual, normalized by groups', () => resnet8(TINY_SHAPE, TINY_CLASSES, { normalization: 'group' }), 1e-5],
  ['attention over patches', () => vitTiny(TINY_SHAPE, TINY_CLASSES, { patch: 2, blocks: 2, width: 24 }), 1e-5],
])('%s: gradient sums, totals and statistics are the cpu backend’s', async (_name, build, bound) => {
  const runtime = await loadWasm();
  if (!tf.getKernel('OverbatchReluGrad', 'cpu')) registerComposedKernels('cpu');
  tf.env().set('PROD', true); // The cpu backend would print an advertisement.
  const pieces = [4, 3];
  const found = await carryOn('wasm', runtime, build(), pieces);
  const expected = await carryOn('cpu', runtime, build(), pieces);
  expect(found.length).toBe(expected.length);
  const worst = Math.max(...found.map((values, i) => relative(values, expected[i])));
  expect(worst).toBeLessThanOrEqual(bound);
});
