// What every engine's memory savers are held to: the same bits where they promise them, fewer bytes, nothing left behind. Run by the tests of each engine.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { add } from '#engine/layers/add';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { gelu } from '#engine/layers/gelu';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { layerNorm } from '#engine/layers/layer-norm';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { accumulate } from '#engine/mbp';
import { NetworkBuilder, type Network } from '#engine/network';
import { equalPieces } from '#engine/pieces';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { withSavers } from '#engine/savers/saver-plan';
import { uploadSamples } from '#engine/training-data';
import { SAVER_NAMES, type SaverName } from '#shared/run-spec';
import { plainSgd, withBench } from './tiny';

const CLASSES = 3;

/** A residual net with BatchNorm and max pooling; one activation is read three times, one skips several blocks. */
export function residualNet(side: number, blocks: number): Network {
  const net = new NetworkBuilder([side, side, 3]);
  const rectify = (x: number): number => net.add(relu(), x);
  const convolve = (x: number): number => net.add(batchNormalization(), net.add(conv2d({ filters: 8, kernelSize: 3, useBias: false }), x));
  const stem = rectify(convolve(net.input));
  let x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), stem);
  const first = x;
  for (let i = 0; i < blocks; i++) x = rectify(net.add(add(), x, convolve(rectify(convolve(x)))));
  x = net.add(add(), net.add(add(), x, first), net.add(conv2d({ filters: 8, kernelSize: 1 }), first));
  net.add(dense({ units: CLASSES }), net.add(globalAveragePooling2d(), x));
  return net.build();
}

/** The feed-forward halves of a transformer's blocks, pre-norm: x + W2 · GELU(W1 · LN(x)) at each of side² tokens. */
export function feedForwardNet(side: number, blocks: number, width = 8): Network {
  const net = new NetworkBuilder([side, side, 3]);
  const linear = (x: number, filters: number): number => net.add(conv2d({ filters, kernelSize: 1 }), x);
  let x = linear(net.input, width);
  for (let i = 0; i < blocks; i++) x = net.add(add(), x, linear(net.add(gelu(), linear(net.add(layerNorm(), x), 4 * width)), width));
  net.add(dense({ units: CLASSES }), net.add(globalAveragePooling2d(), net.add(layerNorm(), x)));
  return net.build();
}

export interface StepReading {
  /** Totals, gradient sums, pooled statistics. */
  carry: Float32Array[];
  /** Counted bytes above what was in use before the piece: samples, carries, activations. */
  peakBytes: number;
}

/** One mini-batch of random pictures in these pieces; the peak is that of a second one, when everything is compiled. */
export function readStep(runtime: Runtime, network: Network, pieces: readonly number[]): Promise<StepReading> {
  const count = pieces.reduce((a, b) => a + b, 0);
  const size = network.inputShape.reduce((a, b) => a * b, 1);
  const random = randomStream(11);
  const pixels = Uint8Array.from({ length: count * size }, () => 256 * random());
  const read = (start: number, n: number) =>
    uploadSamples(
      {
        pixels: pixels.subarray(start * size, (start + n) * size),
        labels: Int32Array.from({ length: n }, (_, i) => (start + i) % CLASSES),
      },
      network.inputShape,
    );
  return withBench(runtime, network, plainSgd(), async (bench) => {
    dispose(accumulate(bench, pieces, read));
    bench.meter.resetPeak();
    const before = bench.meter.inUseBytes;
    const carry = accumulate(bench, pieces, read);
    const peakBytes = bench.meter.peakBytes - before;
    const values = await Promise.all(carry.map(async (t) => Float32Array.from(await t.data())));
    dispose(carry);
    return { carry: values, peakBytes };
  });
}

const bitsOf = (values: Float32Array[]): string => values.map((v) => Buffer.from(v.buffer).toString('base64')).join(' ');

/** Relative L2 of the gradient sums. */
export function gradientError(network: Network, a: Float32Array[], b: Float32Array[]): number {
  const count = network.weights.filter((w) => w.trainable).length;
  let [difference, size] = [0, 0];
  for (let i = 1; i <= count; i++) a[i].forEach((x, k) => ((difference += (x - b[i][k]) ** 2), (size += b[i][k] ** 2)));
  return Math.sqrt(difference / size);
}

const EXACT: SaverName[][] = [['recompute'], ['light-layers'], ['recompute', 'light-layers']];
const EIGHT: SaverName[][] = [
  ['int8-activations'],
  ['int8-activations', 'light-layers'],
  ['int8-activations', 'recompute', 'light-layers'],
];

/** Most that may remain, a tenth above what was measured. */
export type Shares = Record<SaverName | 'all', number>;

export function saversSuite(load: () => Promise<Runtime>, bounds: { residual: Shares; feedForward: Shares }): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  describe.each([
    ['residual net with BatchNorm', () => residualNet(12, 3)],
    ['feed-forward transformer blocks', () => feedForwardNet(6, 3)],
  ])('%s', (_name, make) => {
    it.each(EXACT.map((names) => [names.join(' and '), names] as const))('%s: the same bits, at any pieces', async (_, names) => {
      for (const pieces of [[7], equalPieces(7, 3)]) {
        const tensors = memory().numTensors;
        const plain = await readStep(runtime, make(), pieces);
        const saving = await readStep(runtime, withSavers(make(), names), pieces);
        expect(bitsOf(saving.carry)).toBe(bitsOf(plain.carry));
        expect(memory().numTensors).toBe(tensors);
      }
    });

    it.each(EIGHT.map((names) => [names.join(' and '), names] as const))(
      '%s: close, not equal; the loss is untouched',
      async (_, names) => {
        const tensors = memory().numTensors;
        const network = make();
        const plain = await readStep(runtime, network, [7]);
        const saving = await readStep(runtime, withSavers(network, names), [7]);
        const again = await readStep(runtime, withSavers(network, names), [7]);
        expect(saving.carry[0]).toEqual(plain.carry[0]);
        expect(bitsOf(again.carry)).toBe(bitsOf(saving.carry));
        const error = gradientError(network, saving.carry, plain.carry);
        expect(error).toBeGreaterThan(1e-5);
        expect(error).toBeLessThan(0.1);
        expect(memory().numTensors).toBe(tensors);
      },
    );
  });

  it('control: a gradient a fifth off is caught, and so is the last bit', async () => {
    const network = feedForwardNet(6, 3);
    const { carry } = await readStep(runtime, network, [7]);
    const off = carry.map((values) => values.map((v) => 1.2 * v));
    expect(gradientError(network, off, carry)).toBeGreaterThan(0.1);
    expect(bitsOf(carry.map((v) => v.map((x) => x * (1 + 2 ** -23))))).not.toBe(bitsOf(carry));
  });

  describe('counted bytes of one micro-batch, as a share of the same net without savers', () => {
    const needs = (network: Network, names: SaverName[] = []): Promise<number> =>
      readStep(runtime, withSavers(network, names), [16]).then(({ peakBytes }) => peakBytes);

    it.each([
      ['deep residual net', () => residualNet(24, 8), bounds.residual],
      ['feed-forward transformer blocks', () => feedForwardNet(12, 6, 16), bounds.feedForward],
    ] as const)('%s', async (_, make, most) => {
      const network = make();
      const plain = await needs(network);
      for (const name of SAVER_NAMES) expect((await needs(network, [name])) / plain, name).toBeLessThan(most[name]);
      expect((await needs(network, [...SAVER_NAMES])) / plain, 'all three').toBeLessThan(most.all);
    });
  });
}
