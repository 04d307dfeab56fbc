// Where networks are cut, and what waits between the stages.
import { describe, expect, it } from 'vitest';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { chooseKept, forwardWork } from '#engine/exact-batch-norm/keep';
import { cutIntoStages, INPUT } from '#engine/exact-batch-norm/stages';
import { resnet18 } from '#engine/models/resnet-18';
import { smallCnn } from '#engine/models/small-cnn';
import { CLASSES } from '#engine/objectives/classes';
import { normalizations } from '#engine/statistics';

const network = resnet18([96, 96, 3], 10);

describe('ResNet-18', () => {
  const { stages, stageOf } = cutIntoStages(network);

  it('has a stage for the stem, two for each block (a convolution beside a block shares one with its first), and the head', () => {
    expect(stages.length).toBe(1 + 8 * 2 + 1);
    expect(stages.map(({ measured }) => measured.length)).toEqual([1, 1, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 0]);
  });

  it('runs every layer in one stage, and measures every BatchNorm once, before the stages that apply it', () => {
    const batchNorms = normalizations(network).map(({ node }) => node);
    const run = stages.flatMap(({ nodes }) => nodes);
    expect([...run, ...batchNorms].sort((a, b) => a - b)).toEqual(network.nodes.map((_, place) => place));
    expect(stages.flatMap(({ measured }) => measured).sort((a, b) => a - b)).toEqual(batchNorms);
    for (const [s, { normalized, plain }] of stages.entries()) {
      for (const b of normalized) expect(stageOf(network.nodes[b].inputs[0])).toBeLessThan(s);
      for (const place of plain) expect(place === INPUT || stageOf(place) < s).toBe(true);
    }
  });
});

describe('what is parked', () => {
  const all = exactBatchNorm(network);

  it('takes fewer bytes at the price of more work, down to the samples and the gradients between two stages', () => {
    let before = all;
    for (const share of [0.8, 0.5, 0.35]) {
      const chosen = chooseKept(network, CLASSES, share * all.parkedBytesPerSample);
      expect(chosen.parkedBytesPerSample).toBeLessThanOrEqual(share * all.parkedBytesPerSample);
      expect(forwardWork(chosen)).toBeGreaterThan(forwardWork(before));
      before = chosen;
    }
    const least = chooseKept(network, CLASSES, 0);
    expect(least.staging.kept.size).toBe(0);
    // The stem's 48 × 48 × 64 gradient arrives before the picture is read again.
    expect(least.parkedBytesPerSample).toBeGreaterThanOrEqual(4 * (48 * 48 * 64 + 96 * 96 * 3));
  });

  it('is all or nothing where there is no BatchNorm: one stage', () => {
    const { staging, steps } = exactBatchNorm(smallCnn([8, 8, 1], 10));
    expect(staging.stages.length).toBe(1);
    expect(steps.map(({ direction }) => direction)).toEqual(['backward']);
  });
});
