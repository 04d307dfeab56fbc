// What a cell's text says: numbers in all ways of writing them, dates, yes and no, nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMissing, parseDate, parseNumber, yesOrNo } from '#datasets/tables/cells';

describe('numbers', () => {
  it.each([
    ['12', '.', 12],
    ['-0.5', '.', -0.5],
    ['.5', '.', 0.5],
    ['1e-3', '.', 0.001],
    ['1,234.5', '.', 1234.5],
    ['1 234 567', '.', 1_234_567],
    ['1\u00a0234', '.', 1234],
    ['1’234.50', '.', 1234.5],
    ['−3', '.', -3],
    ['$1,200', '.', 1200],
    ['-€ 3.50', '.', -3.5],
    ['12 %', '.', 12],
    ['0,5', ',', 0.5],
    ['1.234,56', ',', 1234.56],
    ['1 234,5', ',', 1234.5],
  ] as const)('%s with a decimal %s is %d', (cell, decimal, value) => expect(parseNumber(cell, decimal)).toBe(value));

  it.each([
    ['0,5', '.'],
    ['1,23', '.'],
    ['12,34,56', '.'],
    ['1.2.3', '.'],
    ['0.5', ','],
    ['', '.'],
    ['.', '.'],
    ['e5', '.'],
    ['12 cm', '.'],
    ['1-2', '.'],
  ] as const)('"%s" with a decimal %s is none', (cell, decimal) => expect(parseNumber(cell, decimal)).toBeNaN());

  it('comes back from its own text, whatever it is', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(number, (value) => parseNumber(String(value), '.') === value));
    fc.assert(fc.property(number, (value) => parseNumber(String(value).replace('.', ','), ',') === value));
    // With thousands parted.
    fc.assert(fc.property(fc.integer(), (value) => parseNumber(value.toLocaleString('en'), '.') === value));
    fc.assert(fc.property(fc.integer(), (value) => parseNumber(value.toLocaleString('de'), ',') === value));
  });
});

describe('dates', () => {
  it.each([
    ['1970-01-02', 'year-month-day', 1],
    ['1969-12-31', 'year-month-day', -1],
    ['2024/2/29', 'year-month-day', 19_782],
    ['1970-01-01T12:00', 'year-month-day', 0.5],
    ['1970-01-01 06:00:00.000Z', 'year-month-day', 0.25],
    ['1970-01-01T00:00+06:00', 'year-month-day', -0.25],
    ['2.1.1970', 'day-month-year', 1],
    ['02/01/70', 'day-month-year', 1],
    ['01/02/1970', 'month-day-year', 1],
    ['1/1/1970 6:00 pm', 'month-day-year', 0.75],
    ['01/01/68', 'month-day-year', 35_794],
  ] as const)('%s as %s', (cell, format, days) => expect(parseDate(cell, format)).toBe(days));

  it.each([
    ['2023-02-29', 'year-month-day'],
    ['2023-13-01', 'year-month-day'],
    ['31.4.2020', 'day-month-year'],
    ['13/13/2020', 'month-day-year'],
    ['1970-01-01T24:00', 'year-month-day'],
    ['next week', 'year-month-day'],
  ] as const)('%s is no date', (cell, format) => expect(parseDate(cell, format)).toBeNaN());

  it('every day comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
        const [date] = new Date(days * 86_400_000).toISOString().split('T');
        return /^\d{4}-/.test(date) ? parseDate(date, 'year-month-day') === days : true;
      }),
    );
  });
});

it('knows what is missing, and words of yes and no', () => {
  for (const cell of ['', 'NA', 'n/a', 'NaN', 'NULL', '?', '-', 'None', '#DIV/0!']) expect(isMissing(cell)).toBe(true);
  for (const cell of ['0', 'no', 'a', 'Nan Madol', 'nothing']) expect(isMissing(cell)).toBe(false);
  expect([yesOrNo('Yes')?.value, yesOrNo('FALSE')?.value, yesOrNo('ja')?.value, yesOrNo('maybe')]).toEqual([1, 0, 1, undefined]);
});
