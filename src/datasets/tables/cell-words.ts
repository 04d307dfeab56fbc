// A packed number of a table as a person reads it.
import { withMark, word } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import type { UsedColumn } from '#shared/table';
import { day } from './value-words';

export const originOf = (column: UsedColumn): number => (column.kind === 'number' || column.kind === 'date' ? column.origin : 0);

/** A packed number as a person reads it; "" where it is missing. */
export function cellOf(column: UsedColumn, value: number): string {
  if (Number.isNaN(value)) return '';
  switch (column.kind) {
    case 'number':
      return withMark(float32(value + column.origin));
    case 'boolean':
      return value === 1 ? word('yes') : word('no');
    case 'date':
      return day(value + column.origin);
    case 'category':
      return column.categories[value] ?? word('other');
    default:
      return assertNever(column);
  }
}

/** Without the digits that 32 bits do not hold. */
export const float32 = (value: number): number => Number(value.toPrecision(7));
