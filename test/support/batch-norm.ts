// METHOD.md's table, row 6, all three modes of BatchNorm with their controls; run on every engine by the tests beside it.
import { dispose, memory, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { exactBatchNorm, type ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { MOMENTUM } from '#engine/layers/batch-normalization';
import { snapshotLearner } from '#engine/learner';
import { accumulate, trainMiniBatch, type Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { normalizations } from '#engine/statistics';
import { FailureError } from '#shared/failure';
import { relativeL2 } from './distance';
import { plainSgd, readFrom, residualNetwork, tinyData, withBench } from './tiny';

const RATE = 0.05;
const BATCH = 32;
const RAGGED = [3, 5, 1, 4, 2, 6, 3, 5, 3];

const trainable = (network: Network, weights: Float32Array[], isTrainable = true): Float32Array[] =>
  weights.filter((_, i) => network.weights[i].trainable === isTrainable);

/** Fails at one call of a compiled function, as an engine does that runs out. */
function failingAt(runtime: Runtime, failing: number): Runtime {
  let calls = 0;
  return {
    ...runtime,
    compile(name, fn, specs) {
      const compiled = runtime.compile(name, fn, specs);
      const call: typeof compiled.call = (inputs) => {
        if (calls++ !== failing) return compiled.call(inputs);
        throw new FailureError({ kind: 'out-of-memory', neededBytes: 2, availableBytes: 1, micro: 0 });
      };
      return { ...compiled, call };
    },
  };
}

export function batchNormSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });
  const network = residualNetwork();

  interface Learning {
    pieces: number[];
    steps: number;
    on?: Network;
    exact?: ExactBatchNorm;
    prepare?(bench: Workbench): void;
  }

  /** Weights after SGD steps of one mini-batch each. */
  const learn = ({ pieces, steps, on = network, exact, prepare }: Learning): Promise<Float32Array[]> =>
    withBench(runtime, on, plainSgd(), async (bench) => {
      const batch = pieces.reduce((a, b) => a + b);
      const data = tinyData(batch * steps);
      if (exact) bench.exact = exact;
      prepare?.(bench);
      for (let s = 0; s < steps; s++)
        await trainMiniBatch(bench, pieces, RATE, readFrom(data, data.train.subarray(s * batch, (s + 1) * batch)));
      return (await snapshotLearner(bench.learner)).weights;
    });

  describe('row 6: exact', () => {
    it.each([
      ['10 steps of 4 × 8', 10, equalPieces(BATCH, 4), 1e-2],
      ['3 steps of ragged pieces', 3, RAGGED, 1e-3],
      ['2 steps of single samples', 2, [1, 1, 1, 1, 1], 1e-3],
    ])('%s end where the whole batch does; per micro-batch does not', async (_name, steps, pieces, apart) => {
      const whole = await learn({ pieces: [pieces.reduce((a, b) => a + b)], steps });
      const before = memory().numTensors;
      const exact = await learn({ pieces, steps, exact: exactBatchNorm(network) });
      expect(memory().numTensors).toBe(before);
      const off = (found: Float32Array[], of = true) => relativeL2(trainable(network, found, of), trainable(network, whole, of));
      expect(off(exact)).toBeLessThanOrEqual(1e-5);
      expect(off(exact, false)).toBeLessThanOrEqual(1e-5);
      expect(off(await learn({ pieces, steps }))).toBeGreaterThan(apart);
    });

    it('parks nothing but the samples and ends there too', async () => {
      const exact = exactBatchNorm(network, []);
      expect(exact.parkedBytesPerSample).toBeLessThan(exactBatchNorm(network).parkedBytesPerSample);
      const [whole, found] = [await learn({ pieces: [12], steps: 2 }), await learn({ pieces: [5, 4, 3], steps: 2, exact })];
      expect(relativeL2(found, whole)).toBeLessThanOrEqual(1e-5);
    });

    it('needs the engine’s bytes of one micro-batch at any N_B, fewer than the whole network’s; parked bytes grow with N_B', async () => {
      const peaks = (batch: number, exact?: ExactBatchNorm) =>
        withBench(runtime, network, plainSgd(), async (bench) => {
          const data = tinyData(batch);
          if (exact) bench.exact = exact;
          dispose(accumulate(bench, [8, 8], readFrom(data, data.train))); // The engine's own preparations.
          bench.meter.resetPeak();
          await trainMiniBatch(bench, equalPieces(batch, 8), RATE, readFrom(data, data.train));
          expect(bench.meter.peakBytes).toBeLessThanOrEqual(bench.meter.devicePeakBytes + bench.meter.parkedPeakBytes);
          return { device: bench.meter.devicePeakBytes, parked: bench.meter.parkedPeakBytes };
        });
      const exact = exactBatchNorm(network);
      const plain = await peaks(32);
      const found = [await peaks(32, exact), await peaks(256, exact), await peaks(1024, exact)];
      for (const { device } of found) {
        expect(Math.abs(device / found[0].device - 1)).toBeLessThanOrEqual(0.02);
        expect(device).toBeLessThanOrEqual(plain.device);
      }
      // Control: on the device instead, they would be what grows.
      expect(found.map(({ parked }) => parked)).toEqual([32, 256, 1024].map((batch) => batch * exact.parkedBytesPerSample));
      expect(plain.parked).toBe(0);
    }, 60_000);

    it('out of memory at any of its calls leaves weights, tensors and parking as they were, and smaller pieces finish the batch', async () => {
      const data = tinyData(8);
      const exact = exactBatchNorm(network);
      const after = await learn({ pieces: [2, 2, 2, 2], steps: 1, exact });
      const calls = 2 * exact.steps.length;
      for (const failing of [0, 1, 2, Math.floor(calls / 2), calls - 2, calls - 1])
        await withBench(failingAt(runtime, failing), network, plainSgd(), async (bench) => {
          bench.exact = exact;
          const [weights, tensors] = [await snapshotLearner(bench.learner), memory().numTensors];
          await expect(trainMiniBatch(bench, [4, 4], RATE, readFrom(data, data.train))).rejects.toThrow(FailureError);
          expect(memory().numTensors).toBe(tensors);
          expect(bench.meter.parkedBytes).toBe(0);
          expect(await snapshotLearner(bench.learner)).toEqual(weights);
          await trainMiniBatch(bench, [2, 2, 2, 2], RATE, readFrom(data, data.train));
          expect((await snapshotLearner(bench.learner)).weights).toEqual(after);
        });
    }, 60_000);

    it('is refused before a call, or before parking, that would pass the budget', async () => {
      const data = tinyData(16);
      await withBench(runtime, network, plainSgd(), async (bench) => {
        bench.exact = exactBatchNorm(network);
        const step = () => trainMiniBatch(bench, [4, 4, 4, 4], RATE, readFrom(data, data.train));
        await step();
        bench.meter.resetPeak();
        await step();
        const needed = bench.meter.peakBytes;
        bench.meter.limitBytes = needed;
        await step();
        const [weights, tensors] = [await snapshotLearner(bench.learner), memory().numTensors];
        bench.meter.limitBytes = needed - 1;
        const failure = await step().catch((error: unknown) => error);
        expect((failure as FailureError).failure).toMatchObject({ kind: 'out-of-memory', availableBytes: needed - 1, micro: 4 });
        expect(memory().numTensors).toBe(tensors);
        expect(await snapshotLearner(bench.learner)).toEqual(weights);
      });
    });
  });

  describe('row 6: frozen', () => {
    const frozen: Network = { ...network, batchNorm: 'frozen' };
    /** Running statistics as a trained network has them. */
    const prepare = ({ learner }: Workbench): void => {
      for (const { channels, movingMean, movingVariance } of normalizations(network))
        for (const [place, from] of [
          [movingMean, 0.1],
          [movingVariance, 0.5],
        ]) {
          learner.weights[place].dispose();
          learner.weights[place] = tensor(Float32Array.from({ length: channels }, (_, c) => from + 0.1 * c));
        }
    };

    it('pieces end where the whole batch does; running statistics stand still, scale and offset learn', async () => {
      const [start, whole] = [
        await learn({ pieces: [BATCH], steps: 0, prepare }),
        await learn({ pieces: [BATCH], steps: 5, on: frozen, prepare }),
      ];
      const cut = await learn({ pieces: RAGGED, steps: 5, on: frozen, prepare });
      expect(relativeL2(cut, whole)).toBeLessThanOrEqual(1e-5);
      expect(trainable(network, cut, false)).toEqual(trainable(network, start, false));
      for (const { gamma, beta } of normalizations(network))
        for (const place of [gamma, beta]) expect(relativeL2([cut[place]], [start[place]])).toBeGreaterThan(1e-4);
      // Control: not frozen, the same pieces end elsewhere.
      expect(relativeL2(await learn({ pieces: RAGGED, steps: 5, prepare }), whole)).toBeGreaterThan(1e-3);
    });
  });

  it('row 6, controls: k momentum updates and averaged variances are not the running statistics of the mini-batch', async () => {
    const data = tinyData(12);
    const [{ movingMean, movingVariance, positions }] = normalizations(network);
    const pieces = [4, 4, 4];
    const seen = await Promise.all(
      pieces.map((size, i) =>
        withBench(runtime, network, plainSgd(), async (bench) => {
          const carry = accumulate(bench, [size], readFrom(data, data.train.subarray(4 * i)));
          const gradients = network.weights.filter((w) => w.trainable).length;
          const [mean, squares] = carry.slice(1 + gradients).map((t) => Float32Array.from(t.dataSync()));
          dispose(carry);
          return { mean, variance: squares.map((v) => v / (size * positions - 1)) };
        }),
      ),
    );
    const after = await learn({ pieces, steps: 1 });
    const once = (start: number, values: Float32Array) => values.map((v) => start * MOMENTUM + v * (1 - MOMENTUM));
    const mean = (of: (s: (typeof seen)[0]) => Float32Array) =>
      of(seen[0]).map((_, c) => seen.reduce((sum, s) => sum + of(s)[c], 0) / pieces.length);
    // Equal pieces: the mean of means is right, and shows that the rest is compared with the right thing.
    expect(
      relativeL2(
        [
          once(
            0,
            mean((s) => s.mean),
          ),
        ],
        [after[movingMean]],
      ),
    ).toBeLessThanOrEqual(1e-5);
    const often = (start: number, of: (s: (typeof seen)[0]) => Float32Array) =>
      seen.reduce(
        (value, s) => value.map((v, c) => v * MOMENTUM + of(s)[c] * (1 - MOMENTUM)),
        new Float32Array(seen[0].mean.length).fill(start),
      );
    expect(relativeL2([often(0, (s) => s.mean)], [after[movingMean]])).toBeGreaterThan(0.1);
    expect(relativeL2([often(1, (s) => s.variance)], [after[movingVariance]])).toBeGreaterThan(0.01);
    const spread = (values: Float32Array, start: number) => values.map((v) => (v - start * MOMENTUM) / (1 - MOMENTUM));
    expect(relativeL2([mean((s) => s.variance)], [spread(after[movingVariance], 1)])).toBeGreaterThan(1e-3);
  });
}
