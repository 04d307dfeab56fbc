// METHOD's table, row 1: every optimizer at every micro-batch size ends where the whole batch does, with the usual mistake as control.
// A few steps on every engine with the unit tests, fifty in test/deep.
import { fill, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import { trainMiniBatch, type PieceReader } from '#engine/mbp';
import type { Runtime } from '#engine/runtime';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { relativeL2, worstWeight } from './distance';
import { testOptimizer, testRate } from './test-optimizer';
import { readFrom, tinyData, tinyNetwork, withBench } from './tiny';

/** N_B, a number that neither 3 nor 7 divides. */
const BATCH = 13;
const SIZES = [1, 3, 7, BATCH - 1, BATCH, BATCH + 1];
/** Mini-batches that follow one another: on one alone the gradient, and with it the velocity, would fade into its own rounding. */
const MINI_BATCHES = 5;
const BOUNDS = { slots: 1e-6, firstWeights: 1e-6, lastWeights: 1e-5 };
const MISSED = 100;

type Reader = (read: PieceReader) => PieceReader;

/** Weighs every sample by one over its piece: what is summed and divided then is the mean of the pieces' means. */
const divideByCount: Reader = (read) => (start, size) => {
  const [x, labels, ones] = read(start, size);
  ones.dispose();
  return [x, labels, fill([size], 1 / size)];
};

/** The usual cut, full pieces and what is left: harder than our equal pieces. */
const raggedPieces = (micro: number): number[] =>
  Array.from({ length: Math.ceil(BATCH / micro) }, (_, i) => Math.min(micro, BATCH - i * micro));

export function optimizerMatrix(load: () => Promise<Runtime>, steps: number): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });
  const data = tinyData(MINI_BATCHES * BATCH);

  /** Snapshots after one step and after all. */
  const learn = (name: OptimizerName, pieces: number[], reader: Reader = (read) => read): Promise<[Snapshot, Snapshot]> =>
    withBench(runtime, tinyNetwork(), testOptimizer(name), async (bench) => {
      let first: Snapshot | undefined;
      for (let i = 0; i < steps; i++) {
        const from = (i % MINI_BATCHES) * BATCH;
        await trainMiniBatch(bench, pieces, testRate(name), reader(readFrom(data, data.train.subarray(from, from + BATCH))));
        first ??= await snapshotLearner(bench.learner);
      }
      return [first!, await snapshotLearner(bench.learner)];
    });

  describe.each(OPTIMIZER_NAMES)(`row 1: %s, 1 and ${steps} steps`, (name) => {
    let whole: [Snapshot, Snapshot];
    beforeAll(async () => {
      whole = await learn(name, [BATCH]);
    }, 120_000);

    it.each(SIZES)('micro-batches of %i end where the whole batch does', async (micro) => {
      const before = memory().numTensors;
      const [first, last] = await learn(name, raggedPieces(micro));
      expect(memory().numTensors).toBe(before);
      expect(worstWeight(first.weights, whole[0].weights)).toBeLessThanOrEqual(BOUNDS.firstWeights);
      expect(worstWeight(last.weights, whole[1].weights)).toBeLessThanOrEqual(BOUNDS.lastWeights);
      expect(relativeL2(first.slots.flat(), whole[0].slots.flat())).toBeLessThanOrEqual(BOUNDS.slots);
      expect(relativeL2(last.slots.flat(), whole[1].slots.flat())).toBeLessThanOrEqual(BOUNDS.slots);
      // The run has to go somewhere, or equality would prove nothing.
      expect(relativeL2(last.weights, first.weights)).toBeGreaterThan(1e-2);
    });

    it.each([3, 7])('control: dividing by the number of ragged pieces of %i is caught', async (micro) => {
      const [first, last] = await learn(name, raggedPieces(micro), divideByCount);
      expect(worstWeight(first.weights, whole[0].weights)).toBeGreaterThan(MISSED * BOUNDS.firstWeights);
      expect(worstWeight(last.weights, whole[1].weights)).toBeGreaterThan(MISSED * BOUNDS.lastWeights);
      if (first.slots.flat().length > 0)
        expect(relativeL2(first.slots.flat(), whole[0].slots.flat())).toBeGreaterThan(MISSED * BOUNDS.slots);
    });
  });
}
