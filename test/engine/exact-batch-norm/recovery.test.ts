// A run with exact BatchNorm that was planned in one piece, and runs out of memory in the middle.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import type { Network } from '#engine/network';
import { replanned } from '#engine/replan';
import type { Runtime } from '#engine/runtime';
import { withSavers } from '#engine/savers/saver-plan';
import type { Plan } from '#shared/plan';
import { directRuntime } from '#test/support/direct-runtime';
import { relativeL2 } from '#test/support/distance';
import { BATCH, exhausted, SAMPLES, steps, watched } from '#test/support/saboteur';
import { plainSgd, residualNetwork, tinyData, withBench } from '#test/support/tiny';

const STEPS = 6;
const exact: Network = { ...residualNetwork(), batchNorm: 'exact' };
let runtime: Runtime;
beforeAll(async () => {
  runtime = await directRuntime();
});

/** Weights after STEPS mini-batches that start whole; at the third, memory runs out. */
async function learned(network: Network, fails: boolean): Promise<{ weights: Float32Array[]; verdicts: Plan['verdict'][] }> {
  let calls = 0;
  const verdicts: Plan['verdict'][] = [];
  const beforeCall = (name: string): void => {
    if (fails && name.includes('step_') && ++calls === 3) throw exhausted();
  };
  const weights = await withBench(watched(runtime, { beforeCall }), network, plainSgd(), async (bench) => {
    await steps(bench, tinyData(SAMPLES), BATCH, STEPS, (event) => {
      if (event.kind !== 'recovered') return;
      const fit = { bytesPerSample: 1, fixedBytes: 1 };
      const parts = { parameters: 0, accumulator: 0, optimizer: 0, activations: 0 };
      const plan = { batch: BATCH, pieces: [BATCH], micro: BATCH, fit, memory: parts, budgetBytes: 1e9 } as unknown as Plan;
      verdicts.push(replanned(plan, bench, event).verdict);
    });
    return (await snapshotLearner(bench.learner)).weights;
  });
  return { weights, verdicts };
}

describe('out of memory in a run with exact BatchNorm that fitted whole', () => {
  it('goes on stage by stage, with the whole batch’s numbers; by pieces it would not', async () => {
    const tensors = memory().numTensors;
    const { weights: whole } = await learned(exact, false);
    const { weights, verdicts } = await learned(exact, true);
    expect(verdicts).toMatchObject([{ kind: 'identical' }]);
    expect(relativeL2(weights, whole)).toBeLessThan(1e-5);
    const byPieces = await learned({ ...exact, batchNorm: 'per-micro-batch' }, true);
    expect(byPieces.verdicts).toMatchObject([{ kind: 'not-identical' }]);
    expect(relativeL2(byPieces.weights, whole)).toBeGreaterThan(1e-4);
    expect(memory().numTensors).toBe(tensors);
  });

  it('ends in a sentence where memory savers rule stages out', async () => {
    await expect(learned(withSavers(exact, ['light-layers']), true)).rejects.toThrow(/memory savers/);
  });
});
