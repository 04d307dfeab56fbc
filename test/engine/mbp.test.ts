// What a mini-batch leaves behind when it cannot be finished: nothing.
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { trainMiniBatch } from '#engine/mbp';
import { directRuntime } from '#test/support/direct-runtime';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';

it('a piece that cannot be read ends the mini-batch with weights and tensors as they were', async () => {
  const data = tinyData(8);
  await withBench(await directRuntime(), tinyNetwork(), plainSgd(), async (bench) => {
    const before = await snapshotLearner(bench.learner);
    const tensors = memory().numTensors;
    const read = readFrom(data, data.train);
    const failing = trainMiniBatch(bench, [4, 4], 0.1, (start, size) => {
      if (start > 0) throw new Error('the disk went away');
      return read(start, size);
    });
    await expect(failing).rejects.toThrow('the disk went away');
    expect(memory().numTensors).toBe(tensors);
    expect(await snapshotLearner(bench.learner)).toEqual(before);
  });
});
