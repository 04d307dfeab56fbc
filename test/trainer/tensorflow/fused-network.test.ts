// Networks with pooled convolutions: captured the same bits as op by op, and the result of their layers one by one within rounding.
import { expect, it } from 'vitest';
import { trainMiniBatch } from '#engine/mbp';
import { lenet } from '#engine/models/lenet';
import { smallCnn } from '#engine/models/small-cnn';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { uploadSamples } from '#engine/training-data';
import { opByOp } from '#test/support/op-by-op';
import { relativeL2 } from '#test/support/distance';
import { describeTensorFlow } from '#test/support/tensorflow';
import { withBench } from '#test/support/tiny';

const STEPS = 3;

/** All weights and slots after a few mini-batches of these pieces. */
async function train(runtime: Runtime, network: Network, pieces: readonly number[]): Promise<Float32Array[]> {
  const size = network.inputShape.reduce((a, b) => a * b, 1);
  return withBench(runtime, network, createOptimizer('momentum'), async (bench) => {
    for (let step = 0; step < STEPS; step++) {
      await trainMiniBatch(bench, pieces, 0.05, (start, n) => {
        const pixels = Uint8Array.from({ length: n * size }, (_, i) => ((start * size + i) * 37 + step * 5) % 251);
        const labels = Int32Array.from({ length: n }, (_, i) => (start + i) % network.classes);
        return uploadSamples({ pixels, labels }, network.inputShape);
      });
    }
    return [...bench.learner.weights, ...bench.learner.slots.flat()].map((t) => t.dataSync().slice() as Float32Array);
  });
}

describeTensorFlow('networks with pooled convolutions', (runtime) => {
  for (const [name, network] of [
    ['LeNet', lenet([28, 28, 1], 10)],
    ['the small CNN', smallCnn([8, 8, 1], 10)],
    ['the small CNN at 17 × 17 × 3', smallCnn([17, 17, 3], 4)],
  ] as const) {
    it(`${name}: the same bits captured, op by op and again; pieces and single layers end within rounding`, async () => {
      const captured = await train(runtime(), network, [16, 4]);
      expect(await train(opByOp(runtime()), network, [16, 4])).toEqual(captured);
      expect(await train(runtime(), network, [16, 4])).toEqual(captured);
      expect(relativeL2(await train(runtime(), network, [7, 7, 5, 1]), captured)).toBeLessThan(1e-5);
      const layers = await train({ ...runtime(), poolsConvolutions: false }, network, [16, 4]);
      // Other kernels: other roundings, so that this has compared two things.
      expect(layers).not.toEqual(captured);
      expect(relativeL2(layers, captured)).toBeLessThan(1e-5);
    });
  }
});
