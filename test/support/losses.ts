// Every loss and its slope against its definition, whole and cut; run on every engine by the tests beside it.
import { beforeAll, describe, expect, it } from 'vitest';
import { batchDice } from '#engine/objectives/losses/batch-dice';
import type { Runtime } from '#engine/runtime';
import { batchOf, CASES, computeOn, N, PIXELS, type Computed } from './loss-cases';
import * as defined from './loss-definitions';

/** Row 5: what the Dice loss over the batch is for seven pictures at once, and what pieces of 4 and 3 would make of it. */
const [WHOLE_DICE, CUT_DICE] = [0.492902, 0.482188];

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/** Values and slopes of every loss on two engines. */
export function expectSameBits(one: () => Runtime, other: () => Runtime): void {
  it.each(CASES)('$name gives the same bits captured and op by op', ({ loss, targets, shape }) => {
    const batch = batchOf({ shape, targets });
    expect(computeOn(one(), loss, shape, batch)).toEqual(computeOn(other(), loss, shape, batch));
  });
}

export function lossSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  const compute = (...args: Tail<Parameters<typeof computeOn>>): Computed => computeOn(runtime, ...args);
  const worst = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
    Array.from(expected, (v, i) => Math.abs(found[i] - v)).reduce((a, b) => Math.max(a, b), 0);

  describe.each(CASES)('$name', ({ loss, definition, targets, shape }) => {
    it('is its definition, and so is its slope', () => {
      const batch = batchOf({ shape, targets });
      const found = compute(loss, shape, batch);
      const output = Float64Array.from(batch.output);
      const expected = definition(output, batch);
      expect(Math.abs(found.sum - expected.sum) / expected.sum).toBeLessThan(1e-6);
      expect(Math.abs(found.weight - expected.weight) / expected.weight).toBeLessThan(1e-6);
      expect(worst(found.slope, defined.slopeOf(definition, output, batch))).toBeLessThan(2e-6);
    });

    it('is the sum of its pieces’', () => {
      const batch = batchOf({ shape, targets });
      const whole = compute(loss, shape, batch);
      const pieces = [compute(loss, shape, batch, 0, 3), compute(loss, shape, batch, 3, 4), compute(loss, shape, batch, 4, N)];
      const total = (of: 'sum' | 'weight') => pieces.reduce((sum, piece) => sum + piece[of], 0);
      expect(Math.abs(total('sum') - whole.sum) / whole.sum).toBeLessThan(1e-6);
      expect(Math.abs(total('weight') - whole.weight) / whole.weight).toBeLessThan(1e-6);
      // Slopes here reach 20: one bit there is 2e-6; measured 2e-7, because TensorFlow rounds eˣ otherwise at the end of a row of registers.
      expect(
        worst(
          pieces.flatMap(({ slope }) => [...slope]),
          whole.slope,
        ),
      ).toBeLessThan(1e-6);
    });

    it('stays finite for outputs of ±1000, with the slope of its definition', () => {
      const batch = batchOf({ shape, targets }, 1000);
      const found = compute(loss, shape, batch);
      const expected = definition(Float64Array.from(batch.output), batch);
      expect(found.slope.every(Number.isFinite)).toBe(true);
      expect(Math.abs(found.sum - expected.sum)).toBeLessThan(1e-5 * Math.max(1, expected.sum));
    });

    it('of no weight is 0 over 0, not NaN', () => {
      const batch = { ...batchOf({ shape, targets }), sampleWeights: new Float32Array(N) };
      const { sum, weight, slope } = compute(loss, shape, batch);
      expect([sum, weight]).toEqual([0, 0]);
      expect(slope.every((s) => s === 0)).toBe(true);
    });
  });

  describe('row 5: the Dice loss over the batch', () => {
    const masks = { shape: PIXELS, targets: 'yes or no' } as const;

    it('is its definition in one piece', () => {
      const batch = { ...batchOf(masks), sampleWeights: new Float32Array(N).fill(1) };
      const found = compute(batchDice(), PIXELS, batch);
      const output = Float64Array.from(batch.output);
      expect(found.sum / found.weight).toBeCloseTo(defined.wholeDice(1)(output, batch).sum / N, 6);
      expect(worst(found.slope, defined.slopeOf(defined.wholeDice(1), output, batch))).toBeLessThan(1e-6);
    });

    it('control: in pieces it is another number, this one', () => {
      const batch = { ...batchOf(masks), sampleWeights: new Float32Array(N).fill(1) };
      const pieces = [compute(batchDice(), PIXELS, batch, 0, 4), compute(batchDice(), PIXELS, batch, 4, N)];
      const cut = pieces.reduce((sum, piece) => sum + piece.sum, 0) / N;
      const whole = compute(batchDice(), PIXELS, batch).sum / N;
      expect(whole).toBeCloseTo(WHOLE_DICE, 6);
      expect(cut).toBeCloseTo(CUT_DICE, 6);
    });
  });
}
