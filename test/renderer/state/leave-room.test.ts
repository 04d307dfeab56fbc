// What is left for other programs becomes a budget that leaves at least that.
import { expect, test } from 'vitest';
import { isNotable, leaving } from '#renderer/state/leave-room';

const budget = (text: string, free: number, most = 1e12) => {
  const said = leaving(text, free, most);
  return 'problem' in said ? said.problem : said.budgetBytes;
};

test('rounded, it leaves at least what was written', () => {
  expect(budget('1 GB', 9.96e9)).toBe(8.9e9);
  expect(budget('0.9 GB', 9.96e9)).toBe(9e9);
  expect(budget('1 GB', 1_000_000_007)).toBe(7);
  expect(budget('1 GB', 9.96e9, 4e9)).toBe(4e9);
});

test('what cannot be left says why', () => {
  expect(budget('much', 4e9)).toBe('Write a size with its unit, such as 2 GB.');
  expect(budget('4 GB', 4e9)).toBe('Only 4.00 GB are free now: leave less.');
});

test('a budget follows what is free where that makes a difference', () => {
  expect([isNotable(1e9, undefined), isNotable(1e9, 1.04e9), isNotable(1e9, 1.1e9)]).toEqual([true, false, true]);
});
