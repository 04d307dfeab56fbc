// METHOD.md's table, row 4: what acts once a mini-batch does so at any micro-batch size; run on every engine by the tests beside it.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipFactor } from '#engine/clip';
import { evaluationWeights } from '#engine/ema';
import { snapshotLearner, type Snapshot } from '#engine/learner';
import { accumulate, trainMiniBatch } from '#engine/mbp';
import { createOptimizer, type Optimizer, type OptimizerSettings } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { learningRates } from '#engine/schedules';
import { updateGroups } from '#engine/update';
import type { OptimizerName } from '#shared/run-spec';
import { relativeL2, worstWeight } from './distance';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from './tiny';

const BATCH = 13;
const STEPS = 20;
const MICRO = 3;
const BOUND = 1e-5;
const CLIP = 0.1;
const ALL: OptimizerSettings = { epsilon: 1e-3, l2: 0.05, weightDecay: 0.02, clipNorm: CLIP, ema: 0.8 };

interface Learned extends Snapshot {
  norms: number[];
}

/** Counts the calls of every function by its name, without the part that tells workbenches apart, and the tensors they made. */
function countCalls(runtime: Runtime): { counted: Runtime; calls: Map<string, number>; made: Map<string, number> } {
  const calls = new Map<string, number>();
  const made = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string, more: number) => counts.set(name, (counts.get(name) ?? 0) + more);
  const compile: Runtime['compile'] = (name, fn, inputs) => {
    const compiled = runtime.compile(name, fn, inputs);
    const short = name.replace(/^overbatch\d+_/, '').replace(/_.*$/, '');
    const call: typeof compiled.call = (given) => {
      count(calls, short, 1);
      const outputs = compiled.call(given);
      count(made, short, outputs.length);
      return outputs;
    };
    return { name, call, dispose: () => compiled.dispose() };
  };
  return { counted: { ...runtime, compile }, calls, made };
}

export function oncePerStepSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });
  const data = tinyData(BATCH);
  const rateOf = learningRates(0.1, { schedule: 'one-cycle', warmupEpochs: 2 }, { stepsPerEpoch: 1, epochs: STEPS });

  const learn = (optimizer: Optimizer, micro: number, on = runtime): Promise<Learned> =>
    withBench(on, tinyNetwork({ batchNorm: false }), optimizer, async (bench) => {
      const norms: number[] = [];
      for (let step = 1; step <= STEPS; step++) {
        const done = await trainMiniBatch(bench, equalPieces(BATCH, micro), rateOf(step), readFrom(data, data.train));
        norms.push(done.gradientNorm ?? NaN);
      }
      return { ...(await snapshotLearner(bench.learner)), norms };
    });

  /** How far apart two runs end: weights, and what the optimizer keeps, averages included. */
  const apart = (a: Learned, b: Learned): number => Math.max(worstWeight(a.weights, b.weights), relativeL2(a.slots.flat(), b.slots.flat()));

  describe.each(['momentum', 'nesterov', 'adamw', 'rmsprop'] as OptimizerName[])('row 4: %s with every rule', (name) => {
    let whole: Learned;
    beforeAll(async () => {
      whole = await learn(createOptimizer(name, ALL), BATCH);
    });

    it('ends in pieces where the whole batch does, clipped on the way', async () => {
      const before = memory().numTensors;
      const cut = await learn(createOptimizer(name, ALL), MICRO);
      expect(memory().numTensors).toBe(before);
      expect(apart(cut, whole)).toBeLessThanOrEqual(BOUND);
      // At the same weights; later norms are those of gradients at weights that already differ in their last bits.
      expect(cut.norms[0] / whole.norms[0]).toBeCloseTo(1, 6);
      expect(whole.norms.some((norm) => norm > CLIP)).toBe(true);
      // Each rule does something, or equality would prove nothing.
      for (const without of [{ l2: 0 }, { weightDecay: 0 }, { clipNorm: 1e9 }]) {
        expect(worstWeight((await learn(createOptimizer(name, { ...ALL, ...without }), BATCH)).weights, whole.weights)).toBeGreaterThan(
          1e-3,
        );
      }
      expect(worstWeight(evaluationWeights(createOptimizer(name, ALL), whole), whole.weights)).toBeGreaterThan(1e-3);
    });
  });

  describe('row 4, controls: what acts once a piece is caught', () => {
    const pieces = equalPieces(BATCH, MICRO).length;
    const adam = createOptimizer('adam', ALL);
    const CONTROLS: Record<string, Optimizer> = {
      'L2 penalty': createOptimizer('adam', { ...ALL, l2: pieces * ALL.l2! }),
      'weight decay': createOptimizer('adam', { ...ALL, weightDecay: pieces * ALL.weightDecay! }),
      'average of weights': createOptimizer('adam', { ...ALL, ema: ALL.ema! ** pieces }),
      'Adam’s step count': { ...adam, scalars: (rate, step) => adam.scalars(rate, step * pieces) },
      schedule: { ...adam, scalars: (_, step) => adam.scalars(rateOf(Math.min(STEPS, step * pieces)), step) },
    };

    it.each(Object.entries(CONTROLS))('%s', async (_, control) => {
      const whole = await learn(adam, BATCH);
      expect(apart(await learn(adam, MICRO), whole)).toBeLessThanOrEqual(BOUND);
      expect(apart(await learn(control, MICRO), whole)).toBeGreaterThan(100 * BOUND);
    });
  });

  it('row 4: the clipped update is the whole gradient’s, scaled; clipping each piece’s own is caught', async () => {
    const sums = (size: number, start: number): Promise<Float32Array[]> =>
      withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
        const carry = accumulate(bench, [size], (s, n) => readFrom(data, data.train)(start + s, n));
        const values = await Promise.all(carry.slice(1).map(async (t) => Float32Array.from(await t.data())));
        dispose(carry);
        return values;
      });
    const normOf = (gradient: Float32Array[]): number => Math.sqrt(gradient.reduce((all, g) => g.reduce((a, v) => a + v * v, all), 0));
    const scaled = (gradient: Float32Array[], factor: number) => gradient.map((g) => g.map((v) => v * factor));
    const whole = scaled(await sums(BATCH, 0), 1 / BATCH);
    const clipped = scaled(whole, clipFactor(normOf(whole), CLIP));
    expect(normOf(clipped)).toBeCloseTo(CLIP, 5);

    const moved = await withBench(runtime, tinyNetwork(), createOptimizer('sgd', { clipNorm: CLIP }), async (bench) => {
      const before = (await snapshotLearner(bench.learner)).weights;
      const { gradientNorm } = await trainMiniBatch(bench, equalPieces(BATCH, MICRO), 1, readFrom(data, data.train));
      expect(gradientNorm! / normOf(whole)).toBeCloseTo(1, 5);
      const after = (await snapshotLearner(bench.learner)).weights;
      return before.map((w, i) => w.map((v, k) => v - after[i][k]));
    });
    // Differences of weights near 0.1: their rounding is what remains.
    expect(relativeL2(moved, clipped)).toBeLessThanOrEqual(1e-5);

    const sizes = equalPieces(BATCH, MICRO);
    const perPiece = await Promise.all(
      sizes.map(async (size, i) => {
        const mean = scaled(
          await sums(
            size,
            sizes.slice(0, i).reduce((a, b) => a + b, 0),
          ),
          1 / size,
        );
        return scaled(mean, (clipFactor(normOf(mean), CLIP) * size) / BATCH);
      }),
    );
    const control = perPiece[0].map((g, w) => g.map((_, k) => perPiece.reduce((all, piece) => all + piece[w][k], 0)));
    expect(relativeL2(control, clipped)).toBeGreaterThan(1e-3);
  });

  it('row 4: a mini-batch of k pieces calls k steps, one norm, and updates each weight once', async () => {
    const { counted, calls, made } = countCalls(runtime);
    const adam = createOptimizer('adam', ALL);
    const asked: [number, number][] = [];
    await learn({ ...adam, scalars: (rate, step) => (asked.push([rate, step]), adam.scalars(rate, step)) }, MICRO, counted);
    const weights = tinyNetwork().weights.length;
    const pieces = equalPieces(BATCH, MICRO).length;
    const { length: updateCalls } = updateGroups(tinyNetwork(), runtime.captures ?? false);
    expect(Object.fromEntries(calls)).toEqual({ step: STEPS * pieces, gradient: STEPS, update: STEPS * updateCalls });
    expect(made.get('update')).toBe(STEPS * weights * (1 + adam.slots.length));
    const steps = Array.from({ length: STEPS }, (_, i) => i + 1);
    // Once to know how many numbers there are, for each kind of weight; then once a mini-batch.
    expect(asked.slice(-1)[0]).toEqual([rateOf(STEPS), STEPS]);
    const once = asked.filter(([rate, step]) => rate !== 1 || step !== 1);
    expect(once).toEqual(steps.map((step) => [rateOf(step), step]));
  });

  it('row 4: averages of running statistics move once a mini-batch, and validation takes them', async () => {
    const optimizer = createOptimizer('sgd', { ema: 0.5 });
    await withBench(runtime, tinyNetwork({ batchNorm: true }), optimizer, async (bench) => {
      const places = bench.learner.network.weights.flatMap((w, i) => (w.trainable ? [] : [i]));
      expect(places).toHaveLength(2);
      let averages: Float32Array[] = [];
      for (let step = 1; step <= 3; step++) {
        await trainMiniBatch(bench, equalPieces(BATCH, MICRO), 0.1, readFrom(data, data.train));
        const now = await snapshotLearner(bench.learner);
        const seen = places.map((place) => now.weights[place]);
        averages = step === 1 ? seen : averages.map((a, i) => a.map((v, k) => 0.5 * v + 0.5 * seen[i][k]));
        expect(
          worstWeight(
            places.map((place) => now.slots[place][0]),
            averages,
          ),
        ).toBeLessThanOrEqual(1e-6);
      }
      const used = evaluationWeights(optimizer, bench.learner);
      expect(used).toHaveLength(bench.learner.weights.length);
      expect(used.some((tensor) => bench.learner.weights.includes(tensor))).toBe(false);
    });
  });
}
