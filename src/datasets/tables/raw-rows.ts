// Raw rows of a table as the numbers a model takes: one path for training, for questions in the app and for those in an exported page.
import type { RawRow } from '#shared/prediction';
import type { TableEncoding } from '#shared/table';
import { cellEncoder } from './encode';
import { inputWidth, rowExpander } from './expand';

/** The numbers the network takes, row after row. */
export function encodeRawRows({ format, columns, fit }: TableEncoding, rows: readonly RawRow[]): Float32Array {
  const encoders = columns.map((column) => cellEncoder(column, format));
  const expand = rowExpander(columns, fit);
  const width = inputWidth(columns);
  const packed = new Float32Array(columns.length);
  const expanded = new Float32Array(rows.length * width);
  for (const [r, row] of rows.entries()) {
    for (const [i, { name }] of columns.entries()) packed[i] = encoders[i]((Object.hasOwn(row, name) ? row[name] : '').trim());
    expand(packed, 0, expanded, r * width);
  }
  return expanded;
}
