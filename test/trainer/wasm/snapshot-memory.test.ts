// A checkpoint takes the numbers out of the engine once: they are as large as the model with all that its optimizer keeps.
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createLearner, disposeLearner, snapshotLearner } from '#engine/learner';
import { dense } from '#engine/layers/dense';
import { NetworkBuilder } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { loadWasm } from '#trainer/wasm/load';

const [INPUTS, OUTPUTS] = [1_000, 4_000];

it('without a second copy, and without a number that the learner goes on with', async () => {
  await loadWasm();
  const net = new NetworkBuilder([INPUTS]);
  net.add(dense({ units: OUTPUTS }), net.input);
  const start = [new Float32Array(INPUTS * OUTPUTS).fill(0.5), new Float32Array(OUTPUTS)];
  const learner = createLearner(net.build(), createOptimizer('adam'), start);
  const before = process.memoryUsage().arrayBuffers;
  const { weights, slots } = await snapshotLearner(learner);
  const taken = process.memoryUsage().arrayBuffers - before;
  const bytes = 3 * 4 * OUTPUTS * (INPUTS + 1);
  expect(taken / bytes).toBeLessThan(1.3);
  weights[0].fill(9);
  expect([learner.weights[0], learner.slots[0][0]].map((t: Tensor) => t.dataSync()[7])).toEqual([0.5, 0]);
  expect(slots[0]).toHaveLength(2);
  disposeLearner(learner);
});
