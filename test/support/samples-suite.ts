// METHOD.md's table, rows 2 and 7, for what is read: varied, mixed and read ahead, with controls; run on every engine by the tests beside it.
import { engine, memory } from '@tensorflow/tfjs-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { listsFrom, miniBatchesOf } from '#engine/course';
import { withHeadDropout } from '#engine/head-dropout';
import { snapshotLearner } from '#engine/learner';
import { trainMiniBatch, type Workbench } from '#engine/mbp';
import { smallCnn } from '#engine/models/small-cnn';
import { CLASSES } from '#engine/objectives/classes';
import { mixedObjective } from '#engine/objectives/losses/mixed';
import { equalPieces } from '#engine/pieces';
import { trainingReader } from '#engine/piece-readers';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { train } from '#engine/train';
import type { SampleList } from '#engine/training-data';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { openTrainingData, type OpenData } from '#trainer/open-training-data';
import { packedPictures } from './packed';
import { withSampleWorker } from './sample-worker';
import { plainSgd, withBench } from './tiny';

const SIDE = 8;
const BATCH = 13;
const AUGMENT = { flip: 0.5, crop: 0.2, zoom: 0.3, rotate: 10, colour: 0.3, cutout: 0.3, mixup: 0.4 };
const network = withHeadDropout(smallCnn([SIDE, SIDE, 3], 3), 0.3);
const objective = mixedObjective(CLASSES);

const worst = (a: Float32Array[], b: Float32Array[]): number =>
  Math.max(...a.flatMap((v, i) => Array.from(v, (x, k) => Math.abs(x - b[i][k]) / Math.max(1, Math.abs(b[i][k])))));

const SPEC: RunSpec = { ...DEFAULT_SPEC, batch: BATCH, augment: AUGMENT, inputSize: SIDE, workers: 0 };

const open = async (folder: string, given: Partial<RunSpec> = {}): Promise<OpenData> => {
  const data = await openTrainingData(folder, { ...SPEC, ...given }, 1e9);
  onTestFinished(() => data.close());
  return data;
};

/** The same data, every sample drawn by where it lies in its slice: what a stream consumed slice by slice comes to. */
const bySlice = (data: OpenData): OpenData => ({
  ...data,
  read: (list, start, size) => data.read({ ...list, indices: list.indices.subarray(start, start + size) }, 0, size),
});

export function samplesSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });
  withSampleWorker();
  const pictures = (count: number): string => packedPictures({ count, width: 12, height: 10 });

  const withMixedBench = <T>(use: (bench: Workbench) => Promise<T>): Promise<T> =>
    withBench(runtime, network, plainSgd(), async (bench) => {
      const programs = new Programs(runtime, network, bench.learner.optimizer, objective);
      try {
        return await use({ ...bench, programs });
      } finally {
        programs.dispose();
      }
    });

  /** Weights after two epochs, and the indices each of them read. */
  const learn = (data: OpenData, micro: number, batch = BATCH): Promise<{ weights: Float32Array[]; used: number[][] }> =>
    withMixedBench(async (bench) => {
      const used: number[][] = [[]];
      const watched: OpenData = {
        ...data,
        read(list, start, size) {
          if (list.step !== undefined) used[used.length - 1].push(...list.indices.subarray(start, start + size));
          return data.read(list, start, size);
        },
      };
      const none = { inUseBytes: 0, peakBytes: 0, rssBytes: 0 };
      const options = { data: watched, batch, micro, epochs: 2, learningRate: 0.1, seed: 1, now: () => 0, stopping: () => false };
      for await (const event of train(bench, { ...options, pause: () => Promise.resolve(), memory: () => none })) {
        if (event.kind === 'epoch') used.push([]);
      }
      return { weights: (await snapshotLearner(bench.learner)).weights, used: used.slice(0, 2) };
    });

  describe('row 7, what is drawn for a sample', () => {
    let folder: string;
    let whole: Float32Array[];
    let parent: string;
    beforeAll(async () => {
      parent = mkdtempSync(join(tmpdir(), 'overbatch-samples-'));
      folder = packedPictures({ count: 4 * BATCH, width: 12, height: 10 }, parent);
      const data = await openTrainingData(folder, SPEC, 1e9);
      whole = (await learn(data, BATCH)).weights;
      await data.close();
    });
    afterAll(() => rmSync(parent, { recursive: true }));

    it.each([
      [1, 0],
      [3, 2],
      [7, 1],
    ])('in micro-batches of %i, with %i threads, a run ends where whole batches do', async (micro, workers) => {
      const before = memory().numTensors;
      expect(worst((await learn(await open(folder, { workers }), micro)).weights, whole)).toBeLessThanOrEqual(1e-5);
      expect(memory().numTensors).toBe(before);
    });

    it('threads change no bit, nor does doing it again; another seed does', async () => {
      const alone = (await learn(await open(folder), 5)).weights;
      for (const workers of [0, 1, 2]) expect((await learn(await open(folder, { workers }), 5)).weights).toEqual(alone);
      expect(worst((await learn(await open(folder, { seed: 2 }), 5)).weights, alone)).toBeGreaterThan(1e-3);
    });

    it('control: drawing slice by slice ends elsewhere', async () => {
      const cut = await learn(bySlice(await open(folder)), 3);
      const uncut = await learn(bySlice(await open(folder)), BATCH);
      expect(worst(cut.weights, uncut.weights)).toBeGreaterThan(1e-3);
    });
  });

  describe('row 2, ragged everywhere', () => {
    it.each([
      ['a ragged last piece and a short last batch', 31, 8, 3],
      ['fewer samples than the batch', 9, 16, 4],
      ['batches of one', 6, 1, 1],
      ['pieces larger than the batch', 14, 4, 9],
    ])('%s: every training sample once an epoch, read ahead or not, and as whole batches', async (_, count, batch, micro) => {
      const folder = pictures(count);
      const data = await open(folder, { batch, workers: 2 });
      const { weights, used } = await learn(data, micro, batch);
      const all = [...data.train].sort((a, b) => a - b);
      expect(used.map((indices) => [...indices].sort((a, b) => a - b))).toEqual([all, all]);
      expect(worst(weights, (await learn(await open(folder, { batch }), batch, batch)).weights)).toBeLessThanOrEqual(1e-5);
    });

    it('control: dropping the tail is caught', async () => {
      const data = await open(pictures(31), { batch: 8 });
      const dropping: OpenData = { ...data, train: data.train.subarray(0, 8 * Math.floor(data.train.length / 8)) };
      const { weights, used } = await learn(dropping, 3, 8);
      expect(used[0].length).toBeLessThan(data.train.length);
      expect(worst(weights, (await learn(data, 3, 8)).weights)).toBeGreaterThan(1e-3);
    });
  });

  it('one loss is read from the engine a mini-batch, nothing for a piece', async () => {
    const data = await open(pictures(40));
    await withMixedBench(async (bench) => {
      const [list]: SampleList[] = miniBatchesOf({ train: data.train, validation: data.validation, batch: BATCH, epochs: 1, seed: 1 }, 0);
      data.expect!(listsFrom({ train: data.train, validation: data.validation, batch: BATCH, epochs: 1, seed: 1 }, 0));
      const targets = objective.loss.targets(network.outputShape);
      const step = (micro: number) =>
        trainMiniBatch(bench, equalPieces(BATCH, micro), 0.1, trainingReader(network, data, list, 1, targets));
      await step(BATCH);
      await step(1); // Tracing may read constants; it comes first.
      // WebAssembly's own kernels look into its heap, which is this process's memory: there only our reads count.
      const isNative = runtime.report.name.startsWith('tensorflow');
      const spies = isNative ? [vi.spyOn(engine().backend, 'readSync')] : [vi.spyOn(engine(), 'read'), vi.spyOn(engine(), 'readSync')];
      const reads = (): number => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      try {
        await step(BATCH);
        expect(reads()).toBe(1);
        await step(1);
        expect(reads()).toBe(2);
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    });
  });
}
