// Whole against pieces, tried on one engine: the same within rounding where the method says so, and not where it says that.
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedPictures } from '#test/support/packed';
import { checkPieces } from '#trainer/planning/check-pieces';
import { heldByCheck, ofGradients } from '#trainer/planning/check-sizes';
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
      const { samples, pieces, difference, rounding, verdict, engine: made } = await check(changed);
      expect(made.startsWith(`${engine} `)).toBe(true);
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
      const subject = ofGradients(await openWholeSubject(runOf({ engine })));
      await subject.peaks.reach(Infinity, 8, () => Promise.resolve());
      const [four, eight, held] = [subject.peaks.at(4), subject.peaks.at(8), heldByCheck(subject)];
      await subject.data.close();
      // The first weights and the gradient of the whole.
      expect(held).toBeGreaterThan(4 * 2 * 75_000);
      const refusal = { failure: { kind: 'out-of-memory', micro: 4, neededBytes: four + held } };
      await expect(check({ budgetBytes: four + held - 1 })).rejects.toMatchObject(refusal);
      expect((await check({ budgetBytes: eight + held })).samples).toBeLessThan(8);
      // The control: with more room, more are taken.
      expect((await check({ budgetBytes: Math.ceil(1.4 * eight + held) })).samples).toBeGreaterThanOrEqual(8);
    });

    it('is made where a plan fits, however tight: of the digits, whose optimizer and update take the most', async () => {
      const datasetFolder = packedPictures({ count: 200, width: 8, height: 8, channels: 1, classes: 10 });
      const spec: RunSpec = { ...DEFAULT_SPEC, engine, batch: 160, micro: 32 };
      const subject = await openWholeSubject({ spec, datasetFolder });
      await subject.peaks.reach(Infinity, 32, () => Promise.resolve());
      const budgetBytes = subject.peaks.at(32);
      await subject.data.close();
      expect(await checkPieces({ spec: { ...spec, budgetBytes }, datasetFolder })).toMatchObject({ verdict: { kind: 'identical' } });
    });
  });
}
