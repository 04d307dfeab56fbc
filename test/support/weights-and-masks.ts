// METHOD.md's table, row 3: whatever a loss divides by, a mini-batch in pieces is the whole one; run on every engine by the tests beside it.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { flatten } from '#engine/layers/flatten';
import { relu } from '#engine/layers/relu';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import { accumulate, trainMiniBatch, type PieceReader } from '#engine/mbp';
import { NetworkBuilder, type Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import { columns } from '#engine/objectives/columns';
import { binaryCrossEntropyDice } from '#engine/objectives/losses/binary-cross-entropy-dice';
import { batchDice } from '#engine/objectives/losses/batch-dice';
import { huber } from '#engine/objectives/losses/huber';
import { softmaxCrossEntropy } from '#engine/objectives/losses/softmax-cross-entropy';
import { accuracy } from '#engine/objectives/metrics/accuracy';
import { errors } from '#engine/objectives/metrics/errors';
import { iouAndDice } from '#engine/objectives/metrics/overlap';
import type { Objective } from '#engine/objectives/objective';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { train } from '#engine/train';
import { uploadSamples, type Samples } from '#engine/training-data';
import { relativeL2, worstWeight } from './distance';
import { plainSgd, tinyData, TINY_SHAPE, tinyNetwork, withBench } from './tiny';

/** N_B, a number that neither 3 nor 7 divides. */
const BATCH = 13;
const STEPS = 50;
const IGNORED = 255;
const PICTURE = TINY_SHAPE.reduce((a, b) => a * b, 1);
const POSITIONS = TINY_SHAPE[0] * TINY_SHAPE[1];

interface Case {
  name: string;
  network: Network;
  objective: Objective;
  /** Targets of sample i. */
  targets(i: number, random: () => number): (number | number[])[];
  weight?(i: number): number;
}

const objective = (loss: Objective['loss'], ...metrics: Objective['stepMetrics']): Objective => ({
  loss,
  stepMetrics: metrics,
  evaluationMetrics: metrics,
});

/** A mask of every picture's pixels. */
function maskNetwork(channels: number): Network {
  const net = new NetworkBuilder(TINY_SHAPE);
  net.add(conv2d({ filters: channels, kernelSize: 3 }), net.add(relu(), net.add(conv2d({ filters: 4, kernelSize: 3 }), net.input)));
  return net.build();
}

/** Three classes and two values side by side. */
function twoOutputs(): Network {
  const net = new NetworkBuilder(TINY_SHAPE);
  const x = net.add(relu(), net.add(dense({ units: 8 }), net.add(flatten(), net.input)));
  net.add(dense({ units: 5 }), x);
  return net.build();
}

const anyClass = (random: () => number): number => Math.floor(3 * random());
const CLASS_WEIGHTS = [1, 10, 1];
const CASES: Case[] = [
  {
    name: 'class weights 1:10',
    network: tinyNetwork(),
    objective: objective(softmaxCrossEntropy({ classWeights: CLASS_WEIGHTS }), accuracy()),
    targets: (_, random) => [anyClass(random)],
  },
  {
    name: 'ignored pixels, two pictures of them only',
    network: maskNetwork(3),
    objective: objective(softmaxCrossEntropy({ ignore: IGNORED }), accuracy({ ignore: IGNORED })),
    targets: (i, random) => [Array.from({ length: POSITIONS }, () => (i % 8 === 0 || random() < i / BATCH ? IGNORED : anyClass(random)))],
  },
  {
    name: 'masks with binary cross-entropy and Dice',
    network: maskNetwork(2),
    objective: objective(binaryCrossEntropyDice(), iouAndDice()),
    targets: (i, random) => [Array.from({ length: 2 * POSITIONS }, () => (i % 8 === 0 || random() < 0.2 ? -1 : Number(random() < 0.4)))],
  },
  {
    name: 'samples of weight 0, a whole slice of them',
    network: tinyNetwork(),
    objective: CLASSES,
    targets: (_, random) => [anyClass(random)],
    weight: (i) => (i >= 5 && i < 10 ? 0 : 0.5 + i),
  },
  {
    name: 'two outputs',
    network: twoOutputs(),
    objective: columns([
      { columns: 3, objective: objective(softmaxCrossEntropy({ classWeights: CLASS_WEIGHTS }), accuracy()) },
      { columns: 2, objective: objective(huber({ reduction: 'sample' }), errors()), weight: 0.3 },
    ]),
    targets: (_, random) => [anyClass(random), [random(), 2 * random() - 1]],
    weight: (i) => i % 3,
  },
];

/** Samples of a case, all that a step is given. */
function readerOf({ network, objective: { loss }, targets, weight = () => 1 }: Case, from = 0): PieceReader {
  const random = randomStream(19);
  const pixels = Uint8Array.from({ length: BATCH * PICTURE }, () => Math.floor(256 * random()));
  const specs = loss.targets(network.outputShape);
  const rows = Array.from({ length: BATCH }, (_, i) => targets(i, random));
  return (start, size) => {
    const places = Array.from({ length: size }, (_, i) => from + start + i);
    const samples: Samples = {
      pixels: pixels.slice(places[0] * PICTURE, (places[0] + size) * PICTURE),
      labels: new Int32Array(0),
      targets: specs.map(({ dtype }, t) => {
        const values = places.flatMap((i) => rows[i][t]);
        return dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
      }),
      weights: Float32Array.from(places, weight),
    };
    return uploadSamples(samples, network.inputShape, specs);
  };
}

export function weightsAndMasksSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  /** Gradient sums, the loss's W and the number of samples of some pieces. */
  const sums = (test: Case, pieces: number[], from = 0): Promise<{ gradient: Float32Array[]; weight: number }> =>
    withBench(
      runtime,
      test.network,
      plainSgd(),
      async (bench) => {
        const carry = accumulate(bench, pieces, readerOf(test, from));
        const [totals, ...gradient] = await Promise.all(carry.map(async (t) => Float32Array.from(await t.data())));
        dispose(carry);
        return { gradient, weight: totals[1] };
      },
      test.objective,
    );
  const scaled = (gradient: Float32Array[], by: number): Float32Array[] => gradient.map((g) => g.map((v) => v * by));

  /** Snapshots after one step and after all. */
  const learn = (test: Case, pieces: number[]): Promise<[Snapshot, Snapshot]> =>
    withBench(
      runtime,
      test.network,
      createOptimizer('momentum'),
      async (bench) => {
        const step = () => trainMiniBatch(bench, pieces, 0.1, readerOf(test));
        await step();
        const first = await snapshotLearner(bench.learner);
        for (let i = 1; i < STEPS; i++) await step();
        return [first, await snapshotLearner(bench.learner)];
      },
      test.objective,
    );

  describe.each(CASES)('row 3: $name', (test) => {
    let whole: [Snapshot, Snapshot];
    beforeAll(async () => {
      whole = await learn(test, [BATCH]);
    });

    it.each([1, 3, 7])('micro-batches of %i end where the whole batch does', async (micro) => {
      const before = memory().numTensors;
      const [first, last] = await learn(test, equalPieces(BATCH, micro));
      expect(worstWeight(first.weights, whole[0].weights)).toBeLessThanOrEqual(1e-6);
      expect(relativeL2(first.slots.flat(), whole[0].slots.flat())).toBeLessThanOrEqual(1e-6);
      expect(worstWeight(last.weights, whole[1].weights)).toBeLessThanOrEqual(1e-5);
      expect(memory().numTensors).toBe(before);
      expect(relativeL2(last.weights, first.weights)).toBeGreaterThan(1e-2);
    });

    it('control: weighting the pieces’ means by their samples is caught', async () => {
      const sizes = [5, 5, 3];
      const all = await sums(test, [BATCH]);
      const mean = scaled(all.gradient, 1 / all.weight);
      const pieces = await Promise.all(sizes.map((size, i) => sums(test, [size], 5 * i)));
      const counted = mean.map((g) => new Float32Array(g.length));
      pieces.forEach(({ gradient, weight }, i) =>
        scaled(gradient, sizes[i] / BATCH / weight).forEach((g, w) => g.forEach((v, k) => (counted[w][k] += v))),
      );
      // A slice of weight 0 has no mean: 0 ÷ 0.
      const error = relativeL2(counted, mean);
      expect(Number.isNaN(error) || error > 1e-4).toBe(true);
      const ours = mean.map((g) => new Float32Array(g.length));
      pieces.forEach(({ gradient }) => gradient.forEach((g, w) => g.forEach((v, k) => (ours[w][k] += v / all.weight))));
      expect(relativeL2(ours, mean)).toBeLessThanOrEqual(1e-6);
    });
  });

  it('row 3: the slice of weight 0 is one, and its own mean would be no number', async () => {
    const { gradient, weight } = await sums(CASES[3], [5], 5);
    expect(weight).toBe(0);
    expect(gradient.every((g) => g.every((v) => v === 0))).toBe(true);
  });

  it('row 5: a loss that looks across the batch is refused before anything ran, with what to do; whole it trains', async () => {
    const test: Case = { ...CASES[2], objective: objective(batchDice()) };
    await withBench(
      runtime,
      test.network,
      plainSgd(),
      async (bench) => {
        const before = await snapshotLearner(bench.learner);
        const cut = trainMiniBatch(bench, equalPieces(BATCH, 7), 0.1, readerOf(test));
        await expect(cut).rejects.toThrow(/cannot be cut into 2 micro-batches.*Dice loss for each picture/);
        expect(await snapshotLearner(bench.learner)).toEqual(before);
        await trainMiniBatch(bench, [BATCH], 0.1, readerOf(test));
        expect(bench.learner.step).toBe(1);
      },
      test.objective,
    );
  });

  describe('a mini-batch without weight', () => {
    const weightless: Case = { ...CASES[3], weight: () => 0 };

    it('counts as a step and changes nothing, not even Adam’s count', async () => {
      const run = (tests: Case[]) =>
        withBench(runtime, weightless.network, createOptimizer('adam', { clipNorm: 1 }), async (bench) => {
          for (const test of tests) await trainMiniBatch(bench, [6, 7], 0.01, readerOf(test));
          return snapshotLearner(bench.learner);
        });
      const [with_, without] = [await run([CASES[3], weightless, CASES[3]]), await run([CASES[3], CASES[3]])];
      expect(with_).toEqual({ ...without, step: 3, skipped: 1 });
    });

    it('is said in its step’s reading, and the epochs keep their place', async () => {
      const data = tinyData(8);
      const withZeros = {
        ...data,
        read: (...args: Parameters<typeof data.read>) => ({ ...data.read(...args), weights: new Float32Array(args[2]) }),
      };
      const events = await withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
        const all = [];
        const options = {
          data: withZeros,
          batch: 3,
          micro: 2,
          epochs: 2,
          learningRate: 0.1,
          seed: 1,
          now: () => 0,
          pause: () => Promise.resolve(),
          stopping: () => false,
          memory: () => ({ inUseBytes: 0, peakBytes: 0, rssBytes: 0 }),
        };
        for await (const event of train(bench, options)) all.push(event);
        expect(bench.learner).toMatchObject({ step: 6, skipped: 6 });
        return all;
      });
      const steps = events.flatMap((event) => (event.kind === 'progress' ? event.steps : []));
      expect(steps.map(({ step, epoch, skipped, loss }) => [step, epoch, skipped, loss])).toEqual(
        [1, 2, 3, 4, 5, 6].map((step) => [step, step < 4 ? 1 : 2, true, NaN]),
      );
      const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
      expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
        [1, 3],
        [2, 6],
      ]);
    });
  });
}
