// What the bench measures of MBP's memory (bench/mbp), held to its bounds: a peak that does not grow with the batch, a batch of 1024 inside a
// budget made for 8, and nothing left behind by ten thousand steps.
import { clone, dispose, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import { peaks } from '../../bench/mbp/flat-peak';
import { longRun } from '../../bench/mbp/long-run';
import { trainOverBudget } from '../../bench/mbp/over-budget';
import { buildNetwork } from '../../bench/networks';

const MICRO = 8;
const BATCHES = [32, 256, 1024];
/** What peaks may be apart. */
const FLAT = 0.02;
const STEPS = 10_000;

/** @param flat whose samples are so large, or whose weights so many, that each micro-batch has a call of its own */
export function mbpMemory(load: () => Promise<Runtime>, flat: Network): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  }, 60_000);

  const apart = (found: number[]): number => Math.max(...found) / Math.min(...found) - 1;

  it('the peak is the same for mini-batches of 32, 256 and 1024', async () => {
    expect(apart(await peaks(runtime, flat, BATCHES, MICRO))).toBeLessThanOrEqual(FLAT);
  });

  it('control: a piece that stays in memory after its turn is caught', async () => {
    const kept: Tensor[] = [];
    const found = await peaks(runtime, flat, [32, 256], MICRO, (read) => (start, size) => {
      const samples = read(start, size);
      kept.push(...samples.map((tensor) => clone(tensor)));
      return samples;
    });
    dispose(kept);
    expect(apart(found)).toBeGreaterThan(FLAT);
  });

  it('a batch of 1024 trains inside a budget that holds a batch of 8 whole', async () => {
    const network = buildNetwork('resnet-8', [32, 32, 3], 10);
    const { budgetBytes, peakBytes, plan, losses } = await trainOverBudget(runtime, network, { whole: MICRO, batch: 1024, epochs: 3 });
    expect(plan.micro).toBeLessThanOrEqual(MICRO);
    expect(plan.wholeBatchBytes).toBeGreaterThan(10 * budgetBytes);
    expect(peakBytes).toBeLessThanOrEqual(budgetBytes);
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]);
  });

  it(`${STEPS} steps leave as many tensors and bytes as the first ones`, async () => {
    const { tensors, inUseBytes } = await longRun(runtime, buildNetwork('mlp', [8, 8, 1], 10), STEPS);
    expect(tensors).toHaveLength(STEPS / 100);
    expect(new Set(tensors).size).toBe(1);
    expect(new Set(inUseBytes).size).toBe(1);
  });
}
