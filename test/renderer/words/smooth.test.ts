// A smoothed curve keeps its level, loses its noise, and looks the same of a thinned one.
import { expect, test } from 'vitest';
import { extended } from '#renderer/state/curve';
import { smoothed, smoothedCurve } from '#renderer/words/smooth';

const points = (count: number, of: (x: number) => number) => Array.from({ length: count }, (_, i) => ({ x: i + 1, y: of(i + 1) }));
const last = (of: { y: number }[]) => of[of.length - 1].y;

test('no smoothing is the curve itself; a level stays a level from its first point on', () => {
  const level = points(50, () => 3);
  expect(smoothed(level, 0)).toEqual(level);
  for (const { y } of smoothed(level, 0.9)) expect(y).toBeCloseTo(3, 12);
});

test('noise goes, the trend stays', () => {
  const noisy = points(400, (x) => 2 + (x % 2 === 0 ? 1 : -1));
  const spread = (of: { y: number }[]) => Math.max(...of.slice(-50).map(({ y }) => y)) - Math.min(...of.slice(-50).map(({ y }) => y));
  expect(spread(noisy)).toBe(2);
  expect(spread(smoothed(noisy, 0.95))).toBeLessThan(0.2);
  expect(last(smoothed(noisy, 0.95))).toBeCloseTo(2, 0);
});

test('every tenth point alone forgets as much over the same steps; without knowing the distance it would not', () => {
  const falling = points(1000, (x) => (x < 500 ? 1 : 0));
  const thinned = falling.filter(({ x }) => x % 10 === 0);
  const at = (of: { x: number; y: number }[], x: number) => of.find((point) => point.x === x)!.y;
  const share = 0.97;
  expect(Math.abs(at(smoothed(thinned, share), 550) - at(smoothed(falling, share), 550))).toBeLessThan(0.15);
  const blind = smoothed(
    thinned.map(({ y }, i) => ({ x: i, y })),
    share,
  );
  expect(blind[54].y).toBeGreaterThan(0.7);
});

test('what is not a number is passed over', () => {
  const holed = points(10, (x) => (x === 5 ? NaN : 1));
  expect(smoothed(holed, 0.5).map(({ y }) => y)).toEqual([1, 1, 1, 1, NaN, 1, 1, 1, 1, 1]);
});

test('a curve thinned to its extremes smooths to the level of all its steps; its extremes alone do not', () => {
  // Mostly 1, and each hundredth step far above: the mean is 1.09.
  const whole = points(20_000, (x) => (x % 100 === 0 ? 10 : 1)).map(({ x, y }) => ({
    step: x,
    epoch: 1,
    loss: y,
    accuracy: NaN,
    seconds: x,
  }));
  const thinned = extended([], whole, 200);
  expect(last(smoothedCurve(thinned, 'loss', 0.98))).toBeCloseTo(1.09, 1);
  expect(
    last(
      smoothed(
        thinned.map(({ step, loss }) => ({ x: step, y: loss })),
        0.98,
      ),
    ),
  ).toBeGreaterThan(2);
});
