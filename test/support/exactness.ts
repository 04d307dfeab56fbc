// METHOD.md's table, rows 1 (the gradient; optimizer-matrix.ts has the rest), 2, 6 (running statistics) and 10, with their controls; run on every engine by the tests beside it.
import { dispose } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { evaluate } from '#engine/evaluate';
import { snapshotLearner } from '#engine/learner';
import { accumulate, trainMiniBatch } from '#engine/mbp';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { statisticsPlaces } from '#engine/statistics';
import { metricsOf } from '#engine/totals';
import { train } from '#engine/train';
import { relativeL2 } from './distance';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from './tiny';

/** N_B, a number that neither 3 nor 7 divides. */
const BATCH = 13;
const SIZES = [1, 3, 7, BATCH - 1, BATCH, BATCH + 1];

export function exactnessSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });
  const data = tinyData(BATCH);

  /** Σ gradient ÷ Σ weight over the pieces, as the update sees it. */
  const gradient = (pieces: number[], start = 0): Promise<Float32Array[]> =>
    withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
      const carry = accumulate(bench, pieces, (s, n) => readFrom(data, data.train)(start + s, n));
      const values = await Promise.all(carry.map(async (t) => Float32Array.from(await t.data())));
      dispose(carry);
      return values.slice(1).map((g) => g.map((v) => v / values[0][1]));
    });

  it.each(SIZES)('row 1: the gradient of micro-batches of %i is the whole batch’s', async (micro) => {
    expect(relativeL2(await gradient(equalPieces(BATCH, micro)), await gradient([BATCH]))).toBeLessThanOrEqual(1e-6);
  });

  it('row 1: the one update divides the summed gradient by the summed weight', async () => {
    const mean = await gradient([BATCH]);
    await withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
      const before = (await snapshotLearner(bench.learner)).weights;
      await trainMiniBatch(bench, equalPieces(BATCH, 3), 0.1, readFrom(data, data.train));
      const after = (await snapshotLearner(bench.learner)).weights;
      const moved = after.map((w, i) => w.map((v, k) => (before[i][k] - v) / 0.1));
      expect(relativeL2(moved, mean)).toBeLessThanOrEqual(1e-5);
    });
  });

  it.each([3, 7])('row 1, control: dividing by the number of ragged pieces of %i is caught', async (micro) => {
    const sizes = Array.from({ length: Math.ceil(BATCH / micro) }, (_, i) => Math.min(micro, BATCH - i * micro));
    const means = await Promise.all(sizes.map((size, i) => gradient([size], i * micro)));
    const counted = means[0].map((g, w) => g.map((_, k) => means.reduce((sum, m) => sum + m[w][k], 0) / sizes.length));
    expect(relativeL2(counted, await gradient([BATCH]))).toBeGreaterThan(1e-4);
    // The same ragged pieces, weighted as we do, are right.
    expect(relativeL2(await gradient(sizes), await gradient([BATCH]))).toBeLessThanOrEqual(1e-6);
  });

  it.each([
    ['a ragged last piece and a short last batch', 23, 8, 3],
    ['fewer samples than the batch', 5, 8, 3],
    ['batches of one', 4, 1, 1],
    ['pieces larger than the batch', 10, 4, 9],
  ])('row 2: %s: every sample of an epoch is used exactly once', async (_, count, batch, micro) => {
    const set = tinyData(count);
    const epochs = await withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
      const perEpoch: number[][] = [];
      const memoryReading = () => ({ inUseBytes: 0, peakBytes: 0, rssBytes: 0 });
      const turn = () => Promise.resolve();
      const options = {
        data: set,
        batch,
        micro,
        epochs: 3,
        learningRate: 0.1,
        seed: 1,
        now: () => 0,
        pause: turn,
        stopping: () => false,
        memory: memoryReading,
      };
      for await (const event of train(bench, options)) if (event.kind === 'epoch') perEpoch.push(set.used.splice(0));
      expect(bench.learner.step).toBe(3 * Math.ceil(count / Math.min(batch, count)));
      return perEpoch;
    });
    const all = Array.from({ length: count }, (__, i) => i);
    expect(epochs.map((used) => [...used].sort((a, b) => a - b))).toEqual([all, all, all]);
    if (count > 4) expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('row 6: pooled running statistics are the whole batch’s, though each piece is normalized by its own', async () => {
    const network = tinyNetwork({ batchNorm: true });
    const [{ movingMean, movingVariance }] = statisticsPlaces(network);
    const learnOnce = (pieces: number[]) =>
      withBench(runtime, network, plainSgd(), async (bench) => {
        await trainMiniBatch(bench, pieces, 0.1, readFrom(data, data.train));
        return (await snapshotLearner(bench.learner)).weights;
      });
    const [whole, cut] = [await learnOnce([BATCH]), await learnOnce(equalPieces(BATCH, 3))];
    for (const place of [movingMean, movingVariance]) expect(relativeL2([cut[place]], [whole[place]])).toBeLessThanOrEqual(1e-5);
    // The result itself differs, which is why the verdict says so.
    expect(relativeL2(cut.slice(0, 3), whole.slice(0, 3))).toBeGreaterThan(1e-4);
  });

  it('row 10: loss and accuracy by counts are the whole batch’s; the mean of the pieces’ means is not', async () => {
    const score = (pieces: number[], start = 0) =>
      withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
        const read = readFrom(data, data.train.subarray(start));
        const { evaluationMetrics } = bench.programs.objective;
        return metricsOf(
          await evaluate(bench, pieces, read, () => Promise.resolve()),
          evaluationMetrics,
          bench.learner.network.outputShape,
        );
      });
    const whole = await score([BATCH]);
    const cut = await score([7, 6]);
    expect(Math.abs(cut.loss - whole.loss)).toBeLessThanOrEqual(1e-6);
    expect(cut.accuracy).toBe(whole.accuracy);
    const slices = [await score([7]), await score([5], 7), await score([1], 12)];
    const meanOfMeans = slices.reduce((sum, s) => sum + s.loss, 0) / slices.length;
    expect(Math.abs(meanOfMeans - whole.loss)).toBeGreaterThan(1e-4);
  });
}
