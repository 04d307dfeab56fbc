// Numbers as a person reads them: never a perfect score that is none.
import { expect, test } from 'vitest';
import { counted, loss, percent, rate } from '#renderer/words/numbers';

test('a share is never rounded up to all nor down to none', () => {
  expect([1, 0.9999, 0.9778, 0.0001, 0].map(percent)).toEqual(['100.0 %', 'over 99.9 %', '97.8 %', 'under 0.1 %', '0.0 %']);
});

test('one and many', () => {
  expect([1, 1797].map((n) => counted(n, 'class', 'classes'))).toEqual(['1 class', '1,797 classes']);
});

test('a loss has three digits and says when it is none', () => {
  expect([0.08312, 2.3026, 152.4, 0.000037, 2e-9, 0, NaN].map(loss)).toEqual([
    ...['0.0831', '2.30', '152', '0.000037', 'under 0.000001', '0.00', 'not a number'],
  ]);
});

test('speed has no more digits than it deserves', () => {
  expect([3.42, 86.4, 1240.2].map(rate)).toEqual(['3.4', '86', '1,240']);
});
