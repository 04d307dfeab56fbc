// A part of an axis: closer and wider about a place, along, and never beyond the ends.
import { expect, it } from 'vitest';
import { panned, wholeRange, zoomed } from '#renderer/words/axis-range';

const whole = { from: 0, to: 100 };

it('looks closer about a place, which stays where it is, and wider until all is shown', () => {
  expect(zoomed(whole, whole, 0.5)).toEqual({ from: 25, to: 75 });
  const closer = zoomed(whole, whole, 0.5, 90)!;
  expect((90 - closer.from) / (closer.to - closer.from)).toBeCloseTo(0.9);
  expect(zoomed({ from: 80, to: 100 }, whole, 2, 100)).toEqual({ from: 60, to: 100 });
  expect(zoomed({ from: 25, to: 75 }, whole, 2)).toBeUndefined();
  expect(zoomed({ from: 50, to: 50.1 }, whole, 0.5)!.to - 50).toBeLessThan(0.2);
});

it('goes along as far as the ends', () => {
  expect(panned({ from: 20, to: 40 }, whole, 0.5)).toEqual({ from: 30, to: 50 });
  expect(panned({ from: 20, to: 40 }, whole, -5)).toEqual({ from: 0, to: 20 });
  expect(panned({ from: 20, to: 40 }, whole, 9)).toEqual({ from: 80, to: 100 });
});

it('all of it is from 0, or the least where the axis begins there, to the last point', () => {
  const series = [
    { points: [{ x: 5, y: 1 }] },
    {
      points: [
        { x: 3, y: 1 },
        { x: 9, y: NaN },
      ],
    },
  ];
  expect(wholeRange(series, {})).toEqual({ from: 0, to: 9 });
  expect(wholeRange(series, { xMin: 'auto' })).toEqual({ from: 3, to: 9 });
});
