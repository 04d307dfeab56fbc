// Plans with BatchNorm: what the mode does to pieces, memory and verdict, and what is refused.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { dense } from '#engine/layers/dense';
import { flatten } from '#engine/layers/flatten';
import { trainMiniBatch, type Workbench } from '#engine/mbp';
import { NetworkBuilder, type Network } from '#engine/network';
import { makePlan } from '#engine/planner';
import type { Runtime } from '#engine/runtime';
import type { FailureError } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { BatchNormMode } from '#shared/run-spec';
import { plainSgd, readFrom, residualNetwork, TINY_CLASSES, TINY_SHAPE, tinyData, withBench } from '#test/support/tiny';
import { loadJs } from '#trainer/js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadJs();
});

interface Settings {
  budgetBytes?: number;
  batch?: number;
  micro?: number | 'auto';
  train?: number;
  kept?: number[];
}
const request = (settings: Settings) => ({
  batch: 24,
  micro: 'auto' as const,
  train: 40,
  validation: 4,
  budgetBytes: 1e9,
  pause: () => Promise.resolve(),
  now: () => 0,
  ...settings,
});
const withMode = (batchNorm: BatchNormMode, network: Network = residualNetwork()): Network => ({ ...network, batchNorm });
const plan = (mode: BatchNormMode, settings: Settings = {}, use: (plan: Plan, bench: Workbench) => unknown = () => {}, network?: Network) =>
  withBench(runtime, withMode(mode, network), plainSgd(), async (bench) => {
    const found = await makePlan(bench, request(settings));
    await use(found, bench);
    return found;
  });
const failureOf = async (attempt: Promise<unknown>) => ((await attempt.catch((error: unknown) => error)) as FailureError).failure;

it('says what each mode does to the result, and what it costs', async () => {
  expect((await plan('per-micro-batch', { micro: 8 })).verdict).toMatchObject({
    kind: 'not-identical',
    remedy: expect.stringContaining('exact'),
  });
  expect((await plan('frozen', { micro: 8 })).verdict).toMatchObject({ kind: 'identical', because: expect.stringContaining('frozen') });
  const exact = await plan('exact', { micro: 8 });
  expect(exact.verdict).toMatchObject({ kind: 'identical', because: expect.stringContaining('for what waits in between') });
  expect(exact.stages).toMatchObject({ count: 6, recomputedShare: 0 });
});

it('exact runs a batch that fits in one piece in one', async () => {
  await plan('exact', {}, (found, bench) => {
    expect(found.pieces).toEqual([24]);
    expect(found.stages).toBeUndefined();
    expect(bench.exact).toBeUndefined();
    expect(found.verdict).toEqual({ kind: 'identical' });
  });
});

it('exact keeps a run inside a budget that the whole batch would pass, parked bytes included', async () => {
  const whole = await plan('exact');
  const before = memory().numTensors;
  await plan('exact', { budgetBytes: Math.round(whole.peakBytes / 2.5) }, async (found, bench) => {
    expect(found.pieces.length).toBeGreaterThan(1);
    expect(found.stages!.parkedBytes).toBeLessThanOrEqual(found.budgetBytes / 2);
    expect(found.peakBytes).toBeLessThanOrEqual(found.budgetBytes);
    const data = tinyData(40);
    bench.meter.limitBytes = found.budgetBytes;
    bench.meter.resetPeak();
    for (let i = 0; i < 3; i++) await trainMiniBatch(bench, found.pieces, 0.1, readFrom(data, data.train));
    expect(bench.meter.peakBytes).toBeLessThanOrEqual(found.peakBytes);
    expect(bench.meter.parkedPeakBytes).toBe(found.stages!.parkedBytes);
  });
  expect(memory().numTensors).toBe(before);
});

it('exact computes again what it may not park, says so, and keeps that choice when asked to', async () => {
  const all = await plan('exact', { micro: 4 });
  const less = await plan('exact', { micro: 4, budgetBytes: Math.round(all.stages!.parkedBytes * 1.6) });
  expect(less.stages!.kept.length).toBeLessThan(all.stages!.kept.length);
  expect(less.stages!.recomputedShare).toBeGreaterThan(0);
  expect(less.verdict).toMatchObject({ kind: 'identical', because: expect.stringContaining('computed again') });
  expect((await plan('exact', { micro: 4, kept: less.stages!.kept })).stages).toEqual(less.stages);
});

it('exact refuses a budget below one sample and what has to be parked, with weights as they were', async () => {
  await withBench(runtime, withMode('exact'), plainSgd(), async (bench) => {
    const [weights, tensors] = [await snapshotLearner(bench.learner), memory().numTensors];
    const failure = await failureOf(makePlan(bench, request({ budgetBytes: 20_000 })));
    expect(failure).toMatchObject({ kind: 'out-of-memory', availableBytes: 20_000 });
    expect(bench.exact).toBeUndefined();
    expect(memory().numTensors).toBe(tensors);
    expect(await snapshotLearner(bench.learner)).toEqual(weights);
  });
});

/** One position at its BatchNorm: one value per channel for each sample. */
function narrowNetwork(): Network {
  const net = new NetworkBuilder(TINY_SHAPE);
  const x = net.add(batchNormalization(), net.add(dense({ units: 4 }), net.add(flatten(), net.input)));
  net.add(dense({ units: TINY_CLASSES }), x);
  return net.build();
}

it.each([
  ['per-micro-batch', { micro: 1 }, 'micro-batches of one sample'],
  ['per-micro-batch', { micro: 2, batch: 3, train: 39 }, 'micro-batches of one sample'],
  ['per-micro-batch', { batch: 13 }, 'one is left over'],
  ['exact', { micro: 1, batch: 13 }, 'one is left over'],
  ['exact', { batch: 1 }, 'every batch has one'],
] as const)('refuses one value per channel before the run: %s, %o', async (mode, settings, words) => {
  const failure = await failureOf(plan(mode, settings, undefined, narrowNetwork()));
  expect(failure).toMatchObject({ kind: 'bad-setting', problem: expect.stringContaining(words) });
});

it.each([
  ['exact', { micro: 1 }],
  ['frozen', { micro: 1, batch: 13 }],
  ['per-micro-batch', { micro: 2 }],
] as const)('runs where there is more than one value or none is asked for: %s, %o', async (mode, settings) => {
  await plan(mode, settings, undefined, narrowNetwork());
});
