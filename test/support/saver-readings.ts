// Networks to save memory on, and one micro-batch of random pictures as it comes out and what it needs; for tests and the bench.
import { dispose } from '@tensorflow/tfjs-core';
import { add } from '#engine/layers/add';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { concatenate } from '#engine/layers/concatenate';
import { conv2d } from '#engine/layers/conv-2d';
import { conv2dTranspose } from '#engine/layers/conv-2d-transpose';
import { dense } from '#engine/layers/dense';
import { gelu } from '#engine/layers/gelu';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { layerNorm } from '#engine/layers/layer-norm';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { rescaling } from '#engine/layers/rescaling';
import { accumulate } from '#engine/mbp';
import type { LayerFactory } from '#engine/layers/layer';
import { NetworkBuilder, type Network } from '#engine/network';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { PIXEL_SCALE } from '#engine/step';
import { uploadSamples } from '#engine/training-data';
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

/**
 * The feed-forward halves of a transformer's blocks, pre-norm: x + W2 · GELU(W1 · LN(x)) at each of side² tokens.
 * @param patch pixels along the side of what becomes one token
 */
export function feedForwardNet(side: number, blocks: number, width = 8, patch = 1): Network {
  const net = new NetworkBuilder([side * patch, side * patch, 3]);
  const linear = (x: number, filters: number): number => net.add(conv2d({ filters, kernelSize: 1 }), x);
  let x = net.add(conv2d({ filters: width, kernelSize: patch, strides: patch }), net.input);
  for (let i = 0; i < blocks; i++) x = net.add(add(), x, linear(net.add(gelu(), linear(net.add(layerNorm(), x), 4 * width)), width));
  net.add(dense({ units: CLASSES }), net.add(globalAveragePooling2d(), net.add(layerNorm(), x)));
  return net.build();
}

/** A U-Net's way down and up again: at each level what was seen on the way down is concatenated with what comes up. */
export function skipNet(side: number, levels: number, normalize: () => LayerFactory = batchNormalization): Network {
  const net = new NetworkBuilder([side, side, 3]);
  const convolve = (x: number, filters: number): number =>
    net.add(relu(), net.add(normalize(), net.add(conv2d({ filters, kernelSize: 3, useBias: false }), x)));
  const block = (x: number, level: number): number => convolve(convolve(x, 8 * 2 ** level), 8 * 2 ** level);
  const skips: number[] = [];
  let x = net.input;
  for (let level = 0; level < levels; level++) {
    skips.push(block(x, level));
    x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), skips[level]);
  }
  x = block(x, levels);
  for (let level = levels - 1; level >= 0; level--) {
    x = net.add(conv2dTranspose({ filters: 8 * 2 ** level, kernelSize: 2, strides: 2 }), x);
    x = block(net.add(concatenate(), x, skips[level]), level);
  }
  net.add(dense({ units: CLASSES }), net.add(globalAveragePooling2d(), x));
  return net.build();
}

/** The same network, which keeps its concatenations: they are known by their name. */
export const keepingConcatenations = (network: Network): Network => ({
  ...network,
  nodes: network.nodes.map(({ layer, ...node }) => ({
    ...node,
    layer: layer.className === 'Concatenate' ? { ...layer, className: 'Kept' } : layer,
  })),
});

/** The same network, to which scaling its input is a layer. @param isCheap otherwise what that layer makes is kept */
export const scalingInput = (network: Network, { isCheap }: { isCheap: boolean }): Network => ({
  ...network,
  inputScale: 1,
  nodes: [
    {
      name: 'rescaling',
      layer: { ...rescaling({ scale: PIXEL_SCALE, offset: 0 })([network.inputShape]), isCheap },
      inputs: [-1],
      firstWeight: 0,
    },
    ...network.nodes.map((node) => ({ ...node, inputs: node.inputs.map((input) => input + 1) })),
  ],
});

export interface StepReading {
  /** Totals, gradient sums, pooled statistics. */
  carry: Float32Array[];
  /** Counted bytes above what was in use before the piece: samples, carries, activations. */
  peakBytes: number;
  milliseconds: number;
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
    const begin = performance.now();
    const carry = accumulate(bench, pieces, read);
    const peakBytes = bench.meter.peakBytes - before;
    const values = await Promise.all(carry.map(async (t) => Float32Array.from(await t.data())));
    const milliseconds = performance.now() - begin;
    dispose(carry);
    return { carry: values, peakBytes, milliseconds };
  });
}

/** Relative L2 of the gradient sums. */
export function gradientError(network: Network, a: Float32Array[], b: Float32Array[]): number {
  const count = network.weights.filter((w) => w.trainable).length;
  let [difference, size] = [0, 0];
  for (let i = 1; i <= count; i++) a[i].forEach((x, k) => ((difference += (x - b[i][k]) ** 2), (size += b[i][k] ** 2)));
  return Math.sqrt(difference / size);
}
