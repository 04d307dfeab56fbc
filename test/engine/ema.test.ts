// Averaged weights: where they begin, what they travel with, who uses them.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { evaluationWeights } from '#engine/ema';
import { createLearner, disposeLearner, snapshotLearner } from '#engine/learner';
import { trainMiniBatch } from '#engine/mbp';
import { createOptimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { directRuntime } from '#test/support/direct-runtime';
import { readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';

const network = tinyNetwork({ batchNorm: true });
const optimizer = createOptimizer('adam', { ema: 0.9 });
const data = tinyData(6);

let runtime: Runtime;
beforeAll(async () => {
  runtime = await directRuntime();
});

it('begin as the weights themselves, so that a learner that never learned can be validated', async () => {
  await withBench(runtime, network, optimizer, async ({ learner }) => {
    const { weights, slots } = await snapshotLearner(learner);
    expect(evaluationWeights(optimizer, { weights, slots })).toEqual(weights);
  });
});

it('go with a snapshot and come back with it, those of running statistics too', async () => {
  await withBench(runtime, network, optimizer, async (bench) => {
    for (let step = 0; step < 3; step++) await trainMiniBatch(bench, [4, 2], 0.1, readFrom(data, data.train));
    const snapshot = await snapshotLearner(bench.learner);
    const averages = evaluationWeights(optimizer, snapshot);
    averages.forEach((average, place) => expect(average).not.toEqual(snapshot.weights[place]));
    const before = memory().numTensors;
    const again = createLearner(network, optimizer, snapshot);
    expect(await snapshotLearner(again)).toEqual(snapshot);
    disposeLearner(again);
    expect(memory().numTensors).toBe(before);
  });
});

it('are the weights where none are kept', () => {
  const plain = { weights: [1, 2], slots: [[3], [4]] };
  expect(evaluationWeights(createOptimizer('momentum'), plain)).toBe(plain.weights);
  expect(evaluationWeights(createOptimizer('sgd', { ema: 0.5 }), plain)).toEqual([3, 4]);
});
