// Holm's correction: the example worked by hand, and what holds of any p values.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm } from '#shared/statistics/holm';

it('the smallest counts for all, the next for one fewer, none less than one before it, and none more than 1', () => {
  const corrected = (...ps: number[]) => holm(ps).map((p) => Number(p.toFixed(6)));
  // 3 · 0.01; 2 · 0.03; 1 · 0.04 would be less than the one before.
  expect(corrected(0.01, 0.04, 0.03)).toEqual([0.03, 0.06, 0.06]);
  expect(corrected(0.2, 0.6, 0.7)).toEqual([0.6, 1, 1]);
  expect(corrected(0.04)).toEqual([0.04]);
  expect(holm([])).toEqual([]);
});

it('is between p and what each would be for all of them, in the order of p', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(ps, (given) => {
      const corrected = holm(given);
      given.forEach((p, i) => {
        expect(corrected[i]).toBeGreaterThanOrEqual(p);
        expect(corrected[i]).toBeLessThanOrEqual(Math.min(1, given.length * p));
        given.forEach((q, j) => p <= q && expect(corrected[i]).toBeLessThanOrEqual(corrected[j]));
      });
    }),
  );
});
