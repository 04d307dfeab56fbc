// U-Net learns masks: ten by heart, captured the same bits as op by op, and in pieces what it learns in one where BatchNorm allows.
import { dispose, memory, tidy } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { accumulate, trainMiniBatch } from '#engine/mbp';
import { uNet } from '#engine/models/u-net';
import { binaryCrossEntropyDice } from '#engine/objectives/losses/binary-cross-entropy-dice';
import type { Objective } from '#engine/objectives/objective';
import { createOptimizer } from '#engine/optimizers';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { uploadSamples } from '#engine/training-data';
import { describeTensorFlow } from '#test/support/tensorflow';
import { withBench } from '#test/support/tiny';

const SIZE = 16;
const MOST_STEPS = 200;
const MASKS: Objective = { loss: binaryCrossEntropyDice(), stepMetrics: [], evaluationMetrics: [] };
const network = uNet([SIZE, SIZE, 1], 1, 4);
const light = uNet([SIZE, SIZE, 1], 1, 4, { separable: true });

/** Noise, brighter in one half of the picture, which the mask marks. */
function halves(count: number) {
  const random = randomStream(6);
  const masks = Float32Array.from({ length: count * SIZE * SIZE }, (_, i) => {
    const [picture, row, column] = [Math.floor(i / SIZE ** 2), Math.floor(i / SIZE) % SIZE, i % SIZE];
    return (picture % 2 === 0 ? row : column) < SIZE / 2 ? 1 : 0;
  });
  const pixels = Uint8Array.from(masks, (mask) => 100 * mask + 155 * random());
  return (start: number, n: number) => {
    const part = <T extends Uint8Array | Float32Array>(values: T) => values.subarray(start * SIZE ** 2, (start + n) * SIZE ** 2);
    const samples = { pixels: part(pixels) as Uint8Array, labels: new Int32Array(n), targets: [part(masks) as Float32Array] };
    return uploadSamples(samples, network.inputShape, MASKS.loss.targets(network.outputShape));
  };
}

const opByOp = (runtime: Runtime): Runtime => ({
  ...runtime,
  compile: (name, fn) => ({ name, call: (inputs) => tidy(() => fn(inputs)), dispose: () => undefined }),
});

/** Its first update compiles a function for each shape of weight. */
vi.setConfig({ testTimeout: 120_000 });

describeTensorFlow('U-Net', (runtime) => {
  it.each([
    ['', network],
    ['with separable convolutions ', light],
  ])('%slearns ten masks by heart', async (_, network) => {
    const before = memory().numTensors;
    const read = halves(10);
    const losses = await withBench(
      runtime(),
      network,
      createOptimizer('adam'),
      async (bench) => {
        const seen: number[] = [];
        const step = async () => seen.push((await trainMiniBatch(bench, [10], 1e-2, read)).lossSum / 10);
        while (seen.length < MOST_STEPS && !(seen[seen.length - 1] < 0.1)) await step();
        return seen;
      },
      MASKS,
    );
    expect(losses[0]).toBeGreaterThan(0.8);
    expect(losses[losses.length - 1]).toBeLessThan(0.1);
    expect(memory().numTensors).toBe(before);
  });

  it('captured and op by op end with the same bits, in four pieces', async () => {
    const learn = (engine: Runtime) =>
      withBench(
        engine,
        network,
        createOptimizer('momentum'),
        async (bench) => {
          for (let step = 0; step < 2; step++) await trainMiniBatch(bench, [2, 2, 2, 2], 0.05, halves(8));
          return bench.learner.weights.map((t) => Float32Array.from(t.dataSync()));
        },
        MASKS,
      );
    expect(await learn(runtime())).toEqual(await learn(opByOp(runtime())));
  });

  it('trains in a budget that holds a quarter of the batch, and not the whole', async () => {
    await withBench(
      runtime(),
      network,
      createOptimizer('momentum'),
      async (bench) => {
        const read = halves(32);
        const learn = async () => (await trainMiniBatch(bench, [8, 8, 8, 8], 0.05, read)).lossSum;
        const first = await learn();
        await learn(); // What the first update compiled is in memory from now on.
        const budget = (bench.meter.limitBytes = bench.meter.peakBytes);
        expect(Math.min(await learn(), await learn())).toBeLessThan(first);
        expect(bench.meter.peakBytes).toBeLessThanOrEqual(budget);
        bench.meter.limitBytes = Infinity;
        dispose(accumulate(bench, [32], read));
        expect(bench.meter.peakBytes).toBeGreaterThan(budget);
      },
      MASKS,
    );
  });
});
