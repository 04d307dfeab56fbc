// What a person is asked of a column, and what is usual in it, from the column and its figures in the training part.
import { assertNever } from './assert-never';
import { withoutGroups } from './language';
import { fourDigits } from './metric-words';
import type { AskedColumn } from './prediction';
import type { DateFormat, UsedColumn } from './table';

export function askedColumn(column: UsedColumn, fit: { fill: number; mean?: number } = { fill: 0 }): AskedColumn {
  const { name, kind } = column;
  const { fill, mean = 0 } = fit;
  switch (kind) {
    case 'number':
      return { name, kind, categories: [], usual: withoutGroups(fourDigits(mean + column.origin)) };
    case 'boolean':
      return { name, kind, categories: [], usual: fill === 1 ? 'yes' : 'no' };
    case 'date':
      return { name, kind, categories: [], usual: dateText(mean + column.origin, column.format), format: column.format };
    case 'category':
      return { name, kind, categories: column.categories, usual: column.categories[fill] ?? '' };
    default:
      return assertNever(column);
  }
}

function dateText(days: number, format: DateFormat): string {
  const [year, month, day] = new Date(Math.floor(days) * 86_400_000).toISOString().slice(0, 10).split('-');
  switch (format) {
    case 'year-month-day':
      return `${year}-${month}-${day}`;
    case 'day-month-year':
      return `${day}.${month}.${year}`;
    case 'month-day-year':
      return `${month}/${day}/${year}`;
    default:
      return assertNever(format);
  }
}
