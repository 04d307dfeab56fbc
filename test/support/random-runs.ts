// METHOD's table, row 12: whatever the net, the batch, its cut, the weights of its samples, the optimizer and the rules beside it, the pieces
// end where the whole batch does. Seeded, and it shrinks; a few runs on every engine with the unit tests, hundreds in test/deep.
import { memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import { trainMiniBatch, type PieceReader } from '#engine/mbp';
import type { OptimizerSettings } from '#engine/optimizers';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { uploadSamples } from '#engine/training-data';
import { OPTIMIZER_NAMES, type OptimizerName } from '#shared/run-spec';
import { relativeL2, worstWeight } from './distance';
import { makeNetwork, netRecipe, type NetRecipe } from './random-net';
import { testOptimizer, testRate } from './test-optimizer';
import { withBench } from './tiny';

const STEPS = 3;
const SEED = 12;
const BOUNDS = { slots: 1e-6, firstWeights: 1e-6, lastWeights: 1e-5 };
const MOST_PIECES = 5;
const MOST_IN_A_PIECE = 4;

interface Run {
  net: NetRecipe;
  /** Sizes of the micro-batches; their sum is N_B. */
  pieces: number[];
  /** Of the samples, the first N_B are taken. */
  sampleWeights: number[];
  optimizer: OptimizerName;
  settings: OptimizerSettings;
}

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const randomRun: fc.Arbitrary<Run> = fc.record({
  net: netRecipe,
  pieces: fc.array(fc.integer({ min: 1, max: MOST_IN_A_PIECE }), { minLength: 1, maxLength: MOST_PIECES }),
  sampleWeights: fc.array(fc.constantFrom(1, 0, 0.1, 2.5, 10), {
    minLength: MOST_PIECES * MOST_IN_A_PIECE,
    maxLength: MOST_PIECES * MOST_IN_A_PIECE,
  }),
  optimizer: fc.constantFrom(...OPTIMIZER_NAMES),
  settings: fc.record({
    l2: optional(fc.constantFrom(1e-3, 0.1)),
    weightDecay: optional(fc.constantFrom(1e-3, 0.1)),
    clipNorm: optional(fc.constantFrom(0.01, 0.3, 10)),
    ema: optional(fc.constantFrom(0.5, 0.99)),
  }),
});

type Reader = (run: Run) => PieceReader;

const weighted: Reader =
  ({ net, sampleWeights }) =>
  (start, size) => {
    const random = randomStream(SEED);
    const length = net.shape.reduce((a, b) => a * b, 1);
    const all = Uint8Array.from({ length: MOST_PIECES * MOST_IN_A_PIECE * length }, () => Math.floor(256 * random()));
    const labels = Int32Array.from({ length: size }, (_, i) => (start + i) % net.classes);
    const weights = Float32Array.from(sampleWeights.slice(start, start + size));
    return uploadSamples({ pixels: all.subarray(start * length, (start + size) * length), labels, weights }, net.shape);
  };

/** The usual mistake: each piece's weights are divided by their own sum, so that the mean of means comes out. */
const divideByCount: Reader = (run) => (start, size) => {
  const own = run.sampleWeights.slice(start, start + size).reduce((a, b) => a + b, 0);
  return weighted({ ...run, sampleWeights: run.sampleWeights.map((weight) => (own > 0 ? weight / own : 0)) })(start, size);
};

export function randomRuns(load: () => Promise<Runtime>, runs: number): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  const learn = (run: Run, pieces: number[], reader: Reader): Promise<[Snapshot, Snapshot]> =>
    withBench(runtime, makeNetwork(run.net), testOptimizer(run.optimizer, run.settings), async (bench) => {
      let first: Snapshot | undefined;
      for (let step = 0; step < STEPS; step++) {
        await trainMiniBatch(bench, pieces, testRate(run.optimizer), reader(run));
        first ??= await snapshotLearner(bench.learner);
      }
      return [first!, await snapshotLearner(bench.learner)];
    });

  const endsAsTheWholeBatch = async (run: Run, reader: Reader): Promise<void> => {
    const batch = run.pieces.reduce((a, b) => a + b, 0);
    const before = memory().numTensors;
    const whole = await learn(run, [batch], weighted);
    const [first, last] = await learn(run, run.pieces, reader);
    expect(memory().numTensors).toBe(before);
    expect(last.step).toBe(whole[1].step);
    expect(worstWeight(first.weights, whole[0].weights)).toBeLessThanOrEqual(BOUNDS.firstWeights);
    expect(relativeL2(first.slots.flat(), whole[0].slots.flat())).toBeLessThanOrEqual(BOUNDS.slots);
    expect(worstWeight(last.weights, whole[1].weights)).toBeLessThanOrEqual(BOUNDS.lastWeights);
  };

  it(`row 12: ${runs} random runs end in pieces where they do in one`, async () => {
    await fc.assert(
      fc.asyncProperty(randomRun, (run) => endsAsTheWholeBatch(run, weighted)),
      { seed: SEED, numRuns: runs },
    );
  });

  it('row 12: dividing by the number of pieces is found, and shrinks to two small pieces', async () => {
    const result = await fc.check(
      fc.asyncProperty(randomRun, (run) => endsAsTheWholeBatch(run, divideByCount)),
      { seed: SEED, numRuns: runs },
    );
    expect(result.failed).toBe(true);
    const [{ pieces, net }] = result.counterexample!;
    expect(pieces.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(3);
    expect(net.blocks).toEqual([]);
  });
}
