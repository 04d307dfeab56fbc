// Whole against pieces, tried: the same within rounding where the method says so, and not where it says that.
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedPictures } from '#test/support/packed';
import { engineIsInstalled } from '#test/support/tensorflow';
import { checkPieces } from '#trainer/planning/check-pieces';

const SPEC: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-8', batch: 40, micro: 7 };

const check = (changed: Partial<RunSpec>) =>
  checkPieces({ spec: { ...SPEC, ...changed }, datasetFolder: packedPictures({ count: 60, width: 16, height: 16, classes: 2 }) });

describe.each(['tensorflow-cpu'] as const)('on %s', (engine) => {
  const isHere = engine !== 'tensorflow-cpu' || engineIsInstalled();
  it.skipIf(!isHere).each<[string, Partial<RunSpec>]>([
    ['exact batch normalization', { batchNorm: 'exact' }],
    ['normalization by groups', { normalization: 'group' }],
    [
      'frozen batch normalization, with dropout and varied pictures',
      { batchNorm: 'frozen', dropout: 0.3, augment: { flip: 0.5, mixup: 0.2 } },
    ],
  ])('%s comes to the same', async (_, changed) => {
    const { samples, pieces, difference, rounding, verdict } = await check({ engine, ...changed });
    expect(pieces.length).toBeGreaterThanOrEqual(2);
    expect(new Set(pieces).size).toBe(2);
    expect(pieces.reduce((a, b) => a + b)).toBe(samples);
    expect(difference).toBeGreaterThan(0);
    expect(rounding).toBeGreaterThan(0);
    expect(verdict.kind).toBe('identical');
  });

  // The control of those above.
  it.skipIf(!isHere)('batch normalization by pieces does not', async () => {
    const { difference, rounding, verdict } = await check({ engine, batchNorm: 'per-micro-batch' });
    expect(difference).toBeGreaterThan(1_000 * rounding);
    expect(verdict).toMatchObject({ kind: 'not-identical', because: expect.stringContaining('batch normalization') });
  });
});
