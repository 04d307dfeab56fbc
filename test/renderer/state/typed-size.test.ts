// A budget keeps its unit while a person types and slides.
import { expect, test } from 'vitest';
import { inUnitOf, roundedUp, inUnitBefore } from '#renderer/state/typed-size';

test('a bare number means the unit that stood there before; anything else stays as typed', () => {
  expect(inUnitBefore('4', '512 MB')).toBe('4 MB');
  expect(inUnitBefore(' 1.5 ', '2GiB')).toBe('1.5 GiB');
  for (const typed of ['4 GB', 'much', '', '-4', '4 5']) expect(inUnitBefore(typed, '512 MB')).toBe(typed);
  expect(inUnitBefore('4', '512')).toBe('4');
});

test('a slider writes in that unit where it reads well, to two digits', () => {
  expect(inUnitOf(1.4142e9, '512 MB')).toBe('1400 MB');
  expect(inUnitOf(2 ** 30, '512 MiB')).toBe('1000 MiB');
  expect(inUnitOf(1.06e6, '1 GB')).toBe('1.10 MB');
  expect(inUnitOf(64e9, '4 MB')).toBe('64.0 GB');
  expect(inUnitOf(64e9, 'nonsense')).toBe('64.0 GB');
});

test('the least that fits is rounded up: what is written fits', () => {
  expect([1_041_234, 999_999, 23_500_001, 7].map(roundedUp)).toEqual([1_100_000, 1_000_000, 24_000_000, 7]);
});
