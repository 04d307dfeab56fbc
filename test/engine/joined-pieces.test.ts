// Which pieces share a call: a law over any list of sizes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesPerCall, stepCalls } from '#engine/joined-pieces';
import { resnet18 } from '#engine/models/resnet-18';
import { smallCnn } from '#engine/models/small-cnn';

describe('stepCalls', () => {
  it('keeps every piece, in order, with others of its size only, in two lengths at most', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), (pieces, joined) => {
        const calls = [...stepCalls(pieces, () => joined)];
        expect(calls.flatMap(({ size, count }) => Array.from({ length: count }, () => size))).toEqual(pieces);
        for (const { count } of calls) expect([1, joined]).toContain(count);
      }),
    );
  });

  it('joins what it can', () => {
    expect([...stepCalls([5, 5, 5, 4, 4, 4, 4], () => 2)]).toEqual([
      { size: 5, count: 2 },
      { size: 5, count: 1 },
      { size: 4, count: 2 },
      { size: 4, count: 2 },
    ]);
  });
});

describe('piecesPerCall', () => {
  it('is one where a piece computes for long', () => {
    expect(piecesPerCall(smallCnn([8, 8, 1], 10), 32)).toBe(4);
    expect(piecesPerCall(smallCnn([224, 224, 3], 10), 32)).toBe(1);
    expect(piecesPerCall(resnet18([8, 8, 1], 10), 1)).toBe(1);
  });
});
