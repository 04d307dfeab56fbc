// METHOD's row 4 on TensorFlow, captured; and captured or not, the same bits.
import { expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { trainMiniBatch } from '#engine/mbp';
import type { Runtime } from '#engine/runtime';
import { OPTIMIZER_NAMES } from '#shared/run-spec';
import { oncePerStepSuite } from '#test/support/once-per-step';
import { describeTensorFlow } from '#test/support/tensorflow';
import { testOptimizer } from '#test/support/test-optimizer';
import { readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';
import { callDirectly } from '#trainer/direct-call';

describeTensorFlow('once a step on TensorFlow', (runtime) => {
  oncePerStepSuite(async () => runtime());

  it.each(OPTIMIZER_NAMES)(
    '%s with every rule: captured updates are those op by op, together those one by one, bit for bit',
    async (name) => {
      const data = tinyData(13);
      const optimizer = testOptimizer(name, { l2: 0.05, weightDecay: 0.02, clipNorm: 0.1, ema: 0.8 });
      const learn = (on: Runtime) =>
        withBench(on, tinyNetwork({ batchNorm: true }), optimizer, async (bench) => {
          const norms: unknown[] = [];
          for (let step = 1; step <= 3; step++) {
            const { gradientNorm } = await trainMiniBatch(bench, [7, 6], 0.1 / step, readFrom(data, data.train));
            norms.push(gradientNorm);
          }
          return { norms, ...(await snapshotLearner(bench.learner)) };
        });
      const direct: Runtime = { ...runtime(), compile: (called, fn) => callDirectly(called, fn) };
      const together = await learn(runtime());
      expect(together).toEqual(await learn(direct));
      // Neither pieces nor updates share a call.
      expect(together).toEqual(await learn({ ...runtime(), captures: false }));
    },
  );
});
