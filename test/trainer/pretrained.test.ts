// The weights that ship: those published, in the architecture they were published for, seeing pictures as it did.
import { tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { efficientNetLite0 } from '#engine/models/efficientnet-lite0';
import { runNetwork, type Network } from '#engine/network';
import { startWeights } from '#engine/start-weights';
import { scaledInput } from '#engine/step';
import { directRuntime } from '#test/support/direct-runtime';
import { relativeL2 } from '#test/support/distance';
import { readPretrained } from '#trainer/pretrained';
import published from '../fixtures/efficientnet-lite0.json';

const { size } = published;
const CLASSES = 1000;
/** Relative L2 of the logits from PyTorch's with the published float32 weights: float16 kernels move these two by 0.0022 and 0.0021. */
const MOST = 0.005;

beforeAll(directRuntime);

/** Bytes of picture n, as make-efficientnet-lite0.py has them; grey ones have the first channel only. */
const picture = (n: number, channels: number, step = 40): Float32Array =>
  Float32Array.from({ length: size * size * channels }, (_, i) => {
    const [x, y, c] = [Math.floor(i / channels) % size, Math.floor(i / channels / size), i % channels];
    return (3 * x + 5 * y + step * c + 101 * n) % 256;
  });

function logits(network: Network, weights: Float32Array[], bytes: Float32Array): Float32Array {
  const context = { training: false, onBatchStatistics: () => {} };
  const tensors = weights.map((values, i) => tensor(values, network.weights[i].shape));
  const x = scaledInput(network, tensor4d(bytes, [1, ...(network.inputShape as [number, number, number])]));
  return runNetwork(network, x, tensors, context).dataSync() as Float32Array;
}

it('the weights that ship say what PyTorch says with the published ones; seen as other nets see pictures, they do not', async () => {
  const network = efficientNetLite0([size, size, 3], CLASSES);
  const weights = startWeights(network, await readPretrained('efficientnet-lite0'), 1, true);
  for (const [n, expected] of published.logits.entries()) {
    const found = logits(network, weights, picture(n, 3));
    expect(relativeL2([found], [Float32Array.from(expected)])).toBeLessThan(MOST);
  }
  const zeroToOne = { ...network, inputScale: 0.5 / 255 };
  expect(relativeL2([logits(zeroToOne, weights, picture(0, 3))], [Float32Array.from(published.logits[0])])).toBeGreaterThan(10 * MOST);
});

it('grey pictures are seen as colour pictures of three equal channels', async () => {
  const start = await readPretrained('efficientnet-lite0');
  const [grey, colour] = [1, 3].map((channels) => efficientNetLite0([size, size, channels], CLASSES));
  const found = logits(grey, startWeights(grey, start, 1, true), picture(0, 1));
  const expected = logits(colour, startWeights(colour, start, 1, true), picture(0, 3, 0));
  expect(relativeL2([found], [expected])).toBeLessThan(1e-5);
  expect(relativeL2([found], [Float32Array.from(published.logits[0])])).toBeGreaterThan(MOST);
});

it('other classes get a new last layer, which is the seed’s; another model’s weights are refused', async () => {
  const start = await readPretrained('efficientnet-lite0');
  const network = efficientNetLite0([size, size, 3], 5);
  const weights = startWeights(network, start, 1);
  expect(weights.slice(0, -2).every((values, i) => values === start[i].values)).toBe(true);
  expect(weights.slice(-2).map(({ length }) => length)).toEqual([1280 * 5, 5]);
  expect(startWeights(network, start, 2).at(-2)).not.toEqual(weights.at(-2));
  expect(startWeights(network, start, 1).at(-2)).toEqual(weights.at(-2));
  expect(() => startWeights(network, start.slice(1), 1)).toThrow('The start has weights of another model.');
});
