// METHOD.md's table, row 7, for dropout, with its controls; run on every engine by the tests beside it.
import { dispose, memory, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '#engine/evaluate';
import { unpackBits } from '#engine/layers/dropout';
import { snapshotLearner } from '#engine/learner';
import { trainMiniBatch, type PieceReader } from '#engine/mbp';
import { BITS_PER_WORD, drawBits, noiseSpecs, uploadNoise } from '#engine/noise';
import { equalPieces } from '#engine/pieces';
import { trainingReader } from '#engine/piece-readers';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from './tiny';

const BATCH = 13;
const STEPS = 10;
const SEED = 5;
const network = tinyNetwork({ dropoutRate: 0.4 });
const data = tinyData(BATCH);

/** Largest |a − b| / max(1, |b|). */
const worst = (a: Float32Array[], b: Float32Array[]): number =>
  Math.max(...a.flatMap((v, i) => Array.from(v, (x, k) => Math.abs(x - b[i][k]) / Math.max(1, Math.abs(b[i][k])))));

export function dropoutSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  const learn = (pieces: number[], reader: (step: number) => PieceReader, on = runtime): Promise<Float32Array[]> =>
    withBench(on, network, plainSgd(), async (bench) => {
      for (let step = 0; step < STEPS; step++) await trainMiniBatch(bench, pieces, 0.1, reader(step));
      return (await snapshotLearner(bench.learner)).weights;
    });
  const ours =
    (seed = SEED) =>
    (step: number): PieceReader =>
      trainingReader(network, data, { indices: data.train, step }, seed);
  const learnt = (micro: number, seed = SEED) => learn(equalPieces(BATCH, micro), ours(seed));

  describe('row 7, dropout', () => {
    let whole: Float32Array[];
    beforeAll(async () => {
      whole = await learnt(BATCH);
    });

    it.each([1, 3, 7, BATCH - 1])('micro-batches of %i end where the whole batch does', async (micro) => {
      const before = memory().numTensors;
      expect(worst(await learnt(micro), whole)).toBeLessThanOrEqual(1e-5);
      expect(memory().numTensors).toBe(before);
    });

    it('control: one stream consumed slice by slice ends elsewhere', async () => {
      const streams = (step: number): PieceReader => {
        const random = randomStream(SEED, step);
        return (start, size) => [
          ...readFrom(data, data.train)(start, size),
          ...noiseSpecs(network, size).map(({ shape }) => {
            const bits = new Float32Array(shape[0] * shape[1]);
            drawBits(bits, 0.6, random);
            return tensor(bits, shape as [number, number]);
          }),
        ];
      };
      const [cut, uncut] = [await learn(equalPieces(BATCH, 3), streams), await learn([BATCH], streams)];
      expect(worst(cut, uncut)).toBeGreaterThan(1e-3);
    });

    it('the same seed gives the same bits, another seed others', async () => {
      expect(await learnt(3)).toEqual(await learnt(3));
      expect(worst(await learnt(BATCH, SEED + 1), whole)).toBeGreaterThan(1e-3);
    });

    it('a captured step drops what it does op by op, bit for bit', async () => {
      const opByOp: Runtime = {
        ...runtime,
        compile: (name, fn) => ({ name, call: (inputs) => tidy(() => fn(inputs)), dispose: () => {} }),
      };
      expect(await learn([7, 6], ours())).toEqual(await learn([7, 6], ours(), opByOp));
    });

    it('masks are the host’s bits exactly, and the same numbers for a sample at any N_μ', async () => {
      const read = async (start: number, n: number): Promise<Float32Array[]> => {
        const noise = uploadNoise(network, SEED, 3, start, n);
        const values = await Promise.all(noise.map(async (t) => Float32Array.from(await t.data())));
        dispose(noise);
        return values;
      };
      const all = await read(0, BATCH);
      let start = 0;
      for (const size of equalPieces(BATCH, 3)) {
        for (const [layer, values] of (await read(start, size)).entries()) {
          const words = all[layer].length / BATCH;
          expect(values).toEqual(all[layer].slice(start * words, (start + size) * words));
        }
        start += size;
      }
      const words = all[0].length / BATCH;
      const given = tensor(all[0], [BATCH, words]);
      const mask = unpackBits(given, [BATCH, words * BITS_PER_WORD]);
      const expected = Float32Array.from(
        { length: all[0].length * BITS_PER_WORD },
        (_, i) => (all[0][Math.floor(i / BITS_PER_WORD)] >>> (i % BITS_PER_WORD)) & 1,
      );
      expect(Float32Array.from(await mask.data())).toEqual(expected);
      dispose([given, mask]);
    });

    it('evaluation drops nothing', async () => {
      const score = (dropoutRate: number) =>
        withBench(runtime, tinyNetwork({ dropoutRate }), plainSgd(), (bench) =>
          evaluate(bench, [7, 6], readFrom(data, data.train), () => Promise.resolve()),
        );
      expect(await score(0.4)).toEqual(await score(0));
    });
  });
}
