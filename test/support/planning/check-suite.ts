// Whole against pieces, tried on one engine: the same within rounding where the method says so, and not where it says that.
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedPictures } from '#test/support/packed';
import { checkPieces } from '#trainer/planning/check-pieces';
import { heldByCheck } from '#trainer/planning/check-sizes';
import { openWholeSubject } from '#trainer/planning/subject';

const SPEC: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-8', batch: 40, micro: 7 };
const runOf = (changed: Partial<RunSpec>) => ({
  spec: { ...SPEC, ...changed },
  datasetFolder: packedPictures({ count: 60, width: 16, height: 16, classes: 2 }),
});

/** In a file of its own: an engine a process. */
export function describeChecks(engine: RunSpec['engine'], isHere: boolean): void {
  const check = (changed: Partial<RunSpec>) => checkPieces(runOf({ engine, ...changed }));

  describe.skipIf(!isHere)(`on ${engine}`, () => {
    it.each<[string, Partial<RunSpec>]>([
      ['exact batch normalization', { batchNorm: 'exact' }],
      ['normalization by groups', { normalization: 'group' }],
      [
        'frozen batch normalization, with dropout and varied pictures',
        { batchNorm: 'frozen', dropout: 0.3, augment: { flip: 0.5, mixup: 0.2 } },
      ],
    ])('%s comes to the same', async (_, changed) => {
      const { samples, pieces, difference, rounding, verdict } = await check(changed);
      expect(pieces.length).toBeGreaterThanOrEqual(2);
      expect(new Set(pieces).size).toBe(2);
      expect(pieces.reduce((a, b) => a + b)).toBe(samples);
      expect(difference).toBeGreaterThan(0);
      expect(rounding).toBeGreaterThan(0);
      expect(verdict.kind).toBe('identical');
    });

    // The control of those above.
    it('batch normalization by pieces does not', async () => {
      const { difference, rounding, verdict } = await check({ batchNorm: 'per-micro-batch' });
      expect(difference).toBeGreaterThan(1_000 * rounding);
      expect(verdict).toMatchObject({ kind: 'not-identical', because: expect.stringContaining('batch normalization') });
    });

    it('leaves room for what it holds beside the engine, and for a forecast that says too little', async () => {
      const subject = await openWholeSubject(runOf({ engine }));
      await subject.peaks.reach(Infinity, 8, () => Promise.resolve());
      const [four, held] = [subject.peaks.at(4), heldByCheck(subject)];
      await subject.data.close();
      // The first weights and the gradient of the whole.
      expect(held).toBeGreaterThan(4 * 2 * 75_000);
      const refusal = { failure: { kind: 'out-of-memory', micro: 4 } };
      await expect(check({ budgetBytes: four + held })).rejects.toMatchObject(refusal);
      // The control: with that room it is done.
      expect((await check({ budgetBytes: Math.ceil(1.4 * four + held) })).samples).toBeGreaterThanOrEqual(4);
    });
  });
}
