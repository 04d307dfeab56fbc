// Long runs are drawn where something happens.
import { expect, test } from 'vitest';
import { isWide, leastAbove, leastShare, namedBetween, namedEnds } from '#renderer/words/chart-range';

test('a loss that falls by orders of magnitude is wide; zero, NaN and what is not there are not counted', () => {
  expect(isWide([2.3, 0.5, 0.03])).toBe(true);
  expect(isWide([2.3, 0.5, 0.09])).toBe(false);
  expect(isWide([2.3, NaN, 0.00004])).toBe(true);
  expect([[1, 0, NaN], [1, Infinity], []].map(isWide)).toEqual([false, false, false]);
});

test('a loss of zero has no place on a logarithmic axis, and hides none of the others', () => {
  expect(leastAbove([3.9, 0, 0.03, NaN, -1, 0.07])).toBe(0.03);
  expect([[], [0], [NaN], [Infinity]].map(leastAbove)).toEqual([undefined, undefined, undefined, undefined]);
});

test('accuracy of a long run is drawn from below its later part, of a short one from nothing', () => {
  const epochs = (count: number, later: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ epoch: i + 1, step: i + 1, trainLoss: 1, validationLoss: NaN, validationAccuracy: NaN },
      trainAccuracy: i < 5 ? 0.1 : later,
    }));
  expect(leastShare(epochs(400, 0.97))).toBe(0.9);
  expect(leastShare(epochs(400, 0.9))).toBe(0.8);
  expect(leastShare(epochs(400, 0))).toBe(0);
  expect(leastShare(epochs(20, 0.97))).toBe(0);
});

test('both ends of a logarithmic axis have a number, by powers of ten where it is long', () => {
  for (const [min, max, ends] of [
    [0.00003, 1.4, [0.00001, 10]],
    [0.03, 1.4, [0.02, 2]],
    [0.05, 2, [0.05, 2]],
    [0.0009, 0.25, [0.0001, 1]],
    [0.1, 0.1, [0.1, 0.1]],
  ] as const) {
    const named = namedEnds({ min, max });
    expect(
      [named.min, named.max].map((end) => Number(end.toPrecision(6))),
      `${min} to ${max}`,
    ).toEqual(ends);
    const all = namedBetween(named);
    expect([all[0] / named.min, all[all.length - 1] / named.max].map((times) => times.toFixed(6))).toEqual(['1.000000', '1.000000']);
  }
  expect(namedBetween({ min: 0.00001, max: 10 })).toEqual([0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10]);
  expect(namedBetween({ min: 0.02, max: 2 })).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
  // The control: a measured value is none that is named.
  expect(namedBetween({ min: 0.00003, max: 1 })[0]).toBe(0.0001);
});
