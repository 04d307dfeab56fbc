// A packed row as the numbers a model takes: standardized, one number a category, flags for what was missing (shared/table.ts has the rules).
import { assertNever } from '#shared/assert-never';
import type { DateCycle, TableFit, UsedColumn } from '#shared/table';

/** Numbers a column becomes. */
export function widthOf(column: UsedColumn): number {
  switch (column.kind) {
    case 'number':
    case 'boolean':
      return column.flag ? 2 : 1;
    case 'date':
      return 1 + 2 * column.cycles.length + (column.flag ? 1 : 0);
    case 'category':
      return column.categories.length + (column.other ? 1 : 0) + (column.ownMissing ? 1 : 0);
    default:
      return assertNever(column);
  }
}

export const inputWidth = (columns: readonly UsedColumn[]): number => columns.reduce((sum, column) => sum + widthOf(column), 0);

/** Where the values of each category stand in a row, and how many they are. */
export function categoryPlaces(columns: readonly UsedColumn[]): { from: number; size: number }[] {
  let at = 0;
  return columns.flatMap((column) => {
    const [from, size] = [at, widthOf(column)];
    at += size;
    return column.kind === 'category' ? [{ from, size }] : [];
  });
}

const CIRCLE_DAYS: Record<DateCycle, number> = { year: 365.2425, week: 7, day: 1 };

export type RowExpander = (packed: Float32Array, from: number, into: Float32Array, to: number) => void;

/** Writes the numbers of the packed row at `from` to `to` and on. */
export function rowExpander(columns: readonly UsedColumn[], { columns: fits }: TableFit): RowExpander {
  let place = 0;
  const writers = columns.map((column, i) => {
    const first = place;
    place += widthOf(column);
    return { first, write: columnWriter(column, fits[i]) };
  });
  const width = place;
  return (packed, from, into, to) => {
    into.fill(0, to, to + width);
    for (const [i, { first, write }] of writers.entries()) write(packed[from + i], into, to + first);
  };
}

type Writer = (value: number, into: Float32Array, to: number) => void;

function columnWriter(column: UsedColumn, fit: TableFit['columns'][number]): Writer {
  const { mean, deviation } = 'mean' in fit ? fit : { mean: 0, deviation: 1 };
  // A constant stays where it is: nothing is learnt from it, and nothing is divided by zero.
  const scale = deviation > 0 ? 1 / deviation : 1;
  const standardized: Writer = (value, into, to) => {
    const isLost = Number.isNaN(value);
    into[to] = ((isLost ? fit.fill : value) - mean) * scale;
    if (isLost && column.kind !== 'category' && column.flag) into[to + widthOf(column) - 1] = 1;
  };
  switch (column.kind) {
    case 'number':
    case 'boolean':
      return standardized;
    case 'date':
      return (value, into, to) => {
        standardized(value, into, to);
        const day = (Number.isNaN(value) ? fit.fill : value) + column.origin;
        for (const [i, cycle] of column.cycles.entries()) {
          const angle = (2 * Math.PI * day) / CIRCLE_DAYS[cycle];
          into[to + 1 + 2 * i] = Math.sin(angle);
          into[to + 2 + 2 * i] = Math.cos(angle);
        }
      };
    case 'category': {
      const { length } = column.categories;
      const width = widthOf(column);
      return (value, into, to) => {
        // What was never seen, and belongs to no "other", is none of them: all zero.
        const place = Number.isNaN(value) ? (column.ownMissing ? width - 1 : fit.fill) : value;
        if (place < length || (place === length && column.other) || Number.isNaN(value)) into[to + place] = 1;
      };
    }
    default:
      return assertNever(column);
  }
}
