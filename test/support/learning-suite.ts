// Architectures that answer with a class learn: ten samples by heart, and with a budget that holds a quarter of the batch at most.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { accumulate, trainMiniBatch } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { randomStream } from '#engine/random';
import { uploadSamples } from '#engine/training-data';
import type { CatalogueName } from '#shared/run-spec';
import { SMALL_SHAPES, smallNetwork } from './small-networks';
import { describeTensorFlow } from './tensorflow';
import { withBench } from './tiny';

/** What the budget is too small for: the MLP's memory is its weights until there are hundreds of samples. */
// Large enough that the whole batch takes more memory than an update of the weights.
const BATCHES: Partial<Record<CatalogueName, number>> = { mlp: 1024, linear: 1024, 'resnet-18': 128 };
const batchOf = (model: CatalogueName): number => BATCHES[model] ?? 32;
const CLASSES = 3;
/** A linear model has ten samples' worth of numbers and no more: it gets there slowly. */
const mostSteps = (model: CatalogueName): number => (model === 'linear' ? 1000 : 80);

/** Noise: nothing general to learn, only the samples themselves. */
function noise(count: number, [height, width, channels]: [number, number, number]) {
  const random = randomStream(5);
  const size = height * width * channels;
  const pixels = Uint8Array.from({ length: count * size }, () => Math.floor(256 * random()));
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES);
  return (start: number, n: number) =>
    uploadSamples({ pixels: pixels.subarray(start * size, (start + n) * size), labels: labels.subarray(start, start + n) }, [
      height,
      width,
      channels,
    ]);
}

export function learningSuite(models: readonly CatalogueName[]): void {
  describeTensorFlow('the catalogue', (runtime) => {
    describe.each(models)('%s', (model) => {
      const shape = SMALL_SHAPES[model];
      const build = () => smallNetwork(model, CLASSES);

      it('learns ten samples of noise by heart', async () => {
        const before = memory().numTensors;
        const read = noise(10, shape);
        const learned = await withBench(runtime(), build(), createOptimizer('adam'), async (bench) => {
          for (let step = 1; step <= mostSteps(model); step++) {
            const { lossSum, weightSum } = await trainMiniBatch(bench, [10], 2e-3, read);
            if (lossSum / weightSum < 0.05) return step;
          }
          return Infinity;
        });
        expect(learned).toBeLessThanOrEqual(mostSteps(model));
        expect(memory().numTensors).toBe(before);
      });

      it('trains in a budget that holds a quarter of the batch, and not the whole', async () => {
        await withBench(runtime(), build(), createOptimizer('momentum'), async (bench) => {
          const batch = batchOf(model);
          const read = noise(batch, shape);
          const pieces = equalPieces(batch, batch / 4);
          const learn = async () => (await trainMiniBatch(bench, pieces, 0.005, read)).lossSum;
          const first = await learn();
          await learn(); // What the first update compiled is in memory from now on.
          const budget = (bench.meter.limitBytes = bench.meter.peakBytes);
          expect(Math.min(await learn(), await learn(), await learn())).toBeLessThan(first);
          expect(bench.meter.peakBytes).toBeLessThanOrEqual(budget);
          bench.meter.limitBytes = Infinity;
          dispose(accumulate(bench, [batch], read));
          expect(bench.meter.peakBytes).toBeGreaterThan(budget);
        });
      });
    });
  });
}
