// Single values of a table in words.
import { locale, word } from '#shared/language';
import type { DateCycle, DateFormat } from '#shared/table';

export const DATE_FORMAT_WORDS: Record<DateFormat, string> = {
  'year-month-day': word('year-month-day'),
  'day-month-year': word('day-month-year'),
  'month-day-year': word('month-day-year'),
};

export const CYCLE_WORDS: Record<DateCycle, string> = {
  year: word('year'),
  week: word('week'),
  day: word('day'),
};

/** Whole numbers whole, others to four digits; a year is not "2,009". */
export function short(value: number): string {
  const useGrouping = Math.abs(value) >= 10_000;
  return value.toLocaleString(locale, Number.isInteger(value) ? { useGrouping } : { useGrouping, maximumSignificantDigits: 4 });
}

/** "2024-02-29", of days since 1970-01-01. */
export const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
