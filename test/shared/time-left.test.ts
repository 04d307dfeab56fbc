// The time left is a span: narrow while the run is steady, wide once its speed has jumped, and never across a resumption.
import { expect, test } from 'vitest';
import { timeLeft, timeLeftWords, type TimedStep } from '#shared/time-left';

/** Steps that take what `of` says, ten to an epoch; each epoch ends with a validation of `validation` seconds. */
function steps(count: number, of: (step: number) => number, validation = 0): TimedStep[] {
  let seconds = 0;
  return Array.from({ length: count }, (_, i) => {
    if (i > 0 && i % 10 === 0) seconds += validation;
    seconds += of(i + 1);
    return { step: i + 1, epoch: Math.floor(i / 10) + 1, seconds };
  });
}
const whole = { totalSteps: 1000, epochs: 100 };
const width = ({ low, high }: { low: number; high: number }) => high / low;

test('a steady run has a narrow span around what it will take', () => {
  const left = timeLeft(
    steps(200, (step) => 0.5 + 0.01 * Math.sin(step)),
    whole,
  )!;
  expect(left.low).toBeLessThan(400);
  expect(left.high).toBeGreaterThan(400);
  expect(width(left)).toBeLessThan(1.03);
});

test('a jump of the speed widens it, and it narrows again around the new one', () => {
  const slowed = (step: number) => (step > 180 ? 1 : 0.5);
  const after = timeLeft(steps(210, slowed), whole)!;
  expect(width(after)).toBeGreaterThan(1.8);
  expect(after.low).toBeLessThan(0.51 * 790);
  expect(after.high).toBeGreaterThan(0.99 * 790);
  const later = timeLeft(steps(400, slowed), whole)!;
  expect(width(later)).toBeLessThan(1.03);
  expect(later.high).toBeGreaterThan(599);
});

test('one disturbed moment is no forecast', () => {
  const left = timeLeft(
    steps(200, (step) => (step === 150 ? 20 : 0.5)),
    whole,
  )!;
  expect(left.high).toBeLessThan(420);
});

test('validation at the end of each epoch counts once an epoch', () => {
  const left = timeLeft(
    steps(195, () => 0.5, 3),
    whole,
  )!;
  // 805 steps, and the ends of epochs 20 to 100.
  expect(left.high).toBeCloseTo(805 * 0.5 + 81 * 3, 6);
  const without = timeLeft(
    steps(195, () => 0.5),
    whole,
  )!;
  expect(without.high).toBeCloseTo(805 * 0.5, 6);
});

test('epochs of one step are told by their ends; too little says nothing; a resumption begins anew', () => {
  const single = Array.from({ length: 8 }, (_, i) => ({ step: i + 1, epoch: i + 1, seconds: 2 * (i + 1) }));
  expect(timeLeft(single, { totalSteps: 20, epochs: 20 })).toEqual({ low: 24, high: 24 });
  expect(timeLeft([], whole)).toBeUndefined();
  expect(
    timeLeft(
      steps(1, () => 1),
      whole,
    ),
  ).toBeUndefined();
  const resumed = [...steps(50, () => 10), ...steps(100, () => 0.5).slice(50)];
  expect(timeLeft(resumed, whole)!.high).toBeLessThan(460);
});

test('in words it has no more digits than it deserves', () => {
  expect(timeLeftWords({ low: 1, high: 2 })).toBe('a few seconds');
  expect(timeLeftWords({ low: 31, high: 33 })).toBe('about 30 s');
  expect(timeLeftWords({ low: 480, high: 660 })).toBe('8 to 11 min');
  expect(timeLeftWords({ low: 540, high: 549 })).toBe('about 9 min');
  expect(timeLeftWords({ low: 565, high: 580 })).toBe('about 10 min');
  expect(timeLeftWords({ low: 3_600, high: 9_000 })).toBe('1 to 2.5 hours');
  expect(timeLeftWords({ low: 259_200, high: 345_600 })).toBe('3 to 4 days');
});
