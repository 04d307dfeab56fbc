// Single values of a table in words.
import { locale } from '#shared/language';

/** Whole numbers whole, others to four digits; a year is not "2,009". */
export function short(value: number): string {
  const useGrouping = Math.abs(value) >= 10_000;
  return value.toLocaleString(locale, Number.isInteger(value) ? { useGrouping } : { useGrouping, maximumSignificantDigits: 4 });
}

/** "2024-02-29", of days since 1970-01-01. */
export const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
