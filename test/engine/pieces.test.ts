// How batches are cut: nothing lost, nothing above the bound, near-equal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalPieces, evenSize, miniBatches, pieceSizes } from '#engine/pieces';

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

describe('equalPieces', () => {
  it('loses no sample, passes no bound, uses as few pieces as possible and keeps them within one of each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 6000 }), (batch, most) => {
        const pieces = equalPieces(batch, most);
        expect(sum(pieces)).toBe(batch);
        expect(Math.max(...pieces)).toBeLessThanOrEqual(most);
        expect(pieces.length).toBe(Math.ceil(batch / most));
        expect(Math.max(...pieces) - Math.min(...pieces)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is what dropping the tail is not', () => {
    const dropped = Array.from({ length: Math.floor(13 / 3) }, () => 3);
    expect(sum(dropped)).not.toBe(13);
    expect(equalPieces(13, 3)).toEqual([3, 3, 3, 2, 2]);
  });
});

describe('evenSize', () => {
  it('passes no bound, and takes at most one piece in three more than the fewest, and those only for one size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 6000 }), (batch, most) => {
        const size = evenSize(batch, most);
        const [pieces, fewest] = [equalPieces(batch, size), Math.ceil(batch / most)];
        expect(size).toBeLessThanOrEqual(most);
        expect(Math.max(...pieces)).toBe(size);
        if (pieces.length > fewest) expect(new Set(pieces)).toEqual(new Set([size]));
        expect(3 * pieces.length).toBeLessThanOrEqual(4 * fewest);
      }),
    );
  });

  it('cuts 256 into 8 of 32 rather than 4 of 37 and 3 of 36, and into 5 pieces where 8 would be too many', () => {
    expect(evenSize(256, 40)).toBe(32);
    expect(evenSize(256, 100)).toBe(64);
    expect(evenSize(256, 43)).toBe(32);
    expect(evenSize(256, 52)).toBe(52);
  });
});

describe('miniBatches', () => {
  it('cuts every index into exactly one batch, only the last one short', () => {
    const indices = Int32Array.from({ length: 23 }, (_, i) => 22 - i);
    const batches = miniBatches(indices, 8);
    expect(batches.map((b) => b.length)).toEqual([8, 8, 7]);
    expect(batches.flatMap((b) => [...b])).toEqual([...indices]);
  });
});

describe('pieceSizes', () => {
  it('names every size a run will meet', () => {
    expect(pieceSizes(1438, 359, 256, 32)).toEqual({ step: [32, 31], evaluation: [30, 29] });
    expect(pieceSizes(10, 0, 64, 64)).toEqual({ step: [10], evaluation: [] });
  });
});
