// Counts of any cut into mini-batches come to the same scores, in 64 bits; old and empty totals are taken as they are.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accuracy } from '#engine/objectives/metrics/accuracy';
import { errors } from '#engine/objectives/metrics/errors';
import { addTotals, metricsOf, NO_TOTALS, type Totals } from '#engine/totals';

const METRICS = [accuracy(), errors()];
const OUTPUT = [1];

/** Totals of one mini-batch of (found, wanted) values, its sums shifted by its own first one; the first count is accuracy's. */
function totalsOf(pairs: [number, number][]): Totals {
  const centre = pairs[0][1];
  const sum = (of: (y: number, t: number) => number): number => pairs.reduce((total, [y, t]) => total + of(y, t), 0);
  const right = sum((y, t) => Number(Math.abs(y - t) < 1));
  const sums = [
    centre,
    sum((_, t) => t - centre),
    sum((_, t) => (t - centre) ** 2),
    sum((y, t) => Math.abs(y - t)),
    sum((y, t) => (y - t) ** 2),
  ];
  const counts = [right, pairs.length, pairs.length, ...sums];
  return { lossSum: right, weightSum: pairs.length, samples: pairs.length, counts };
}

const values = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }));

it('adding mini-batches up is counting them as one, wherever the values lie', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(values, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(0, 1e3, -1e6),
      (cuts, offset) => {
        const all = cuts.map((pairs) => pairs.map(([y, t]): [number, number] => [y + offset, t + offset]));
        const cut = all.map(totalsOf).reduce((a, b) => addTotals(a, b, METRICS, OUTPUT), NO_TOTALS);
        const [ours, whole] = [cut, totalsOf(all.flat())].map((totals) => metricsOf(totals, METRICS, OUTPUT));
        expect(ours.accuracy).toBe(whole.accuracy);
        expect(ours.samples).toBe(whole.samples);
        expect(ours.scores!.MAE.value).toBeCloseTo(whole.scores!.MAE.value!, 6);
        const spread = new Set(all.flat().map(([, t]) => t)).size;
        if (spread < 2 || Math.abs(whole.scores!['R²'].value ?? 0) > 1e4) return;
        expect(ours.scores!['R²'].value).toBeCloseTo(whole.scores!['R²'].value!, 5);
      },
    ),
  );
});

it('nothing counted is no number, and null among the scores', () => {
  expect(metricsOf(NO_TOTALS, METRICS, OUTPUT)).toEqual({ loss: NaN, accuracy: NaN, samples: 0 });
  const still = metricsOf(
    totalsOf([
      [1, 2],
      [0, 2],
    ]),
    METRICS,
    OUTPUT,
  );
  expect(still.scores).toEqual({ MAE: { value: 1.5, each: [1.5] }, 'R²': { value: null, each: [null] } });
});
