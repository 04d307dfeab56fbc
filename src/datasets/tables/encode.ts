// A raw cell as the one number of a packed row: the same for an import, for training and for a row to predict.
import { assertNever } from '#shared/assert-never';
import type { TableFormat, UsedColumn } from '#shared/table';
import { isMissing, parseDate, parseNumber, yesOrNo } from './cells';

export type CellEncoder = (cell: string) => number;

/** NaN where the cell is missing, or not what its column holds. */
export function cellEncoder(column: UsedColumn, { decimal }: Pick<TableFormat, 'decimal'>): CellEncoder {
  switch (column.kind) {
    case 'number':
      return (cell) => (isMissing(cell) ? NaN : parseNumber(cell, decimal) - column.origin);
    case 'boolean':
      return (cell) => (cell === '0' || cell === '1' ? Number(cell) : (yesOrNo(cell)?.value ?? NaN));
    case 'date':
      return (cell) => (isMissing(cell) ? NaN : parseDate(cell, column.format) - column.origin);
    case 'category': {
      const places = new Map(column.categories.map((category, place) => [category, place]));
      return (cell) => (isMissing(cell) ? NaN : (places.get(cell) ?? column.categories.length));
    }
    default:
      return assertNever(column);
  }
}
