// How often a run saves its place: as often as 2 % of its time allows, on a clock of the test's own.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#engine/runtime';
import type { Plan } from '#shared/plan';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { directRuntime } from '#test/support/direct-runtime';
import { temporaryFolder } from '#test/support/temporary-folder';
import { plainSgd, tinyNetwork, withBench } from '#test/support/tiny';
import { CheckpointKeeper } from '#trainer/checkpoint-keeper';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await directRuntime();
});

interface Kept {
  count: number;
  /** Of the run's time, the last checkpoint included. */
  share: number;
  longestGapMs: number;
}

/** A run of so many steps, a checkpoint taking `costMs`. `always`: at the end of every epoch, whatever it costs. */
const keep = ({
  steps,
  stepMs,
  stepsPerEpoch,
  costMs,
  always = false,
}: Record<'steps' | 'stepMs' | 'stepsPerEpoch' | 'costMs', number> & { always?: boolean }) =>
  withBench(runtime, tinyNetwork(), plainSgd(), async ({ learner }): Promise<Kept> => {
    let [now, savedAt, longestGapMs] = [0, 0, 0];
    const content = () => {
      now += costMs;
      const plan = { batch: 8, micro: 4, pieces: [4, 4] } as Plan;
      const epochTotals = { lossSum: 0, weightSum: 0, samples: 0, counts: [] };
      return { spec: DEFAULT_SPEC, plan, datasetHash: 'abc', datasetFolder: 'somewhere', epochTotals, seconds: 0 };
    };
    const keeper = new CheckpointKeeper(temporaryFolder(), learner, content, undefined, undefined, () => now);
    for (let step = 1; step <= steps; step++) {
      now += stepMs;
      learner.step = step;
      const isEpochEnd = step % stepsPerEpoch === 0;
      if (step < steps && !(always ? isEpochEnd : keeper.isDue(isEpochEnd))) continue;
      longestGapMs = Math.max(longestGapMs, now - savedAt);
      await keeper.save();
      savedAt = now;
    }
    await keeper.end();
    return { count: keeper.cost.count, share: (1000 * keeper.cost.seconds) / now, longestGapMs };
  });

describe('saving a run’s place', () => {
  it.each([
    ['short epochs', { steps: 400, stepMs: 25, stepsPerEpoch: 4, costMs: 15 }],
    ['a large model', { steps: 400, stepMs: 3_000, stepsPerEpoch: 5, costMs: 1_500 }],
    ['few seconds', { steps: 40, stepMs: 50, stepsPerEpoch: 4, costMs: 15 }],
  ])('%s: costs at most 2 % of the time, the last one included, and not much less', async (_, run) => {
    const kept = await keep(run);
    expect(kept.share).toBeLessThanOrEqual(0.02);
    expect(kept.share).toBeGreaterThan(0.006);
    expect((await keep({ ...run, always: true })).share, 'control: at the end of every epoch').toBeGreaterThan(0.05);
  });

  it('an epoch that takes hours is saved every minute', async () => {
    const { longestGapMs, count } = await keep({ steps: 300, stepMs: 3_000, stepsPerEpoch: 1_000, costMs: 400 });
    expect(longestGapMs).toBeLessThanOrEqual(63_000);
    expect(count).toBe(15);
  });
});
