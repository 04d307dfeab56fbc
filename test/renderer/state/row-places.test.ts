// Where rows of a long list lie.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeAt, topsOf } from '#renderer/state/row-places';

it('finds the row at a height', () => {
  const tops = topsOf([10, 20, 5]);
  expect(tops).toEqual([0, 10, 30, 35]);
  expect([-1, 0, 9, 10, 29, 30, 34, 99].map((y) => placeAt(tops, y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  expect(placeAt(topsOf([]), 5)).toBe(0);
});

it('each height lies in the row that is found', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (heights, share) => {
        const tops = topsOf(heights);
        const y = share * (tops[heights.length] - 1);
        const place = placeAt(tops, y);
        expect(tops[place]).toBeLessThanOrEqual(y);
        expect(tops[place + 1]).toBeGreaterThan(y);
      },
    ),
  );
});
