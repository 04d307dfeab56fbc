// Rows of a table's version by their index, as they were read.
import type { TableRows } from '#shared/table-view';
import { cellOf } from './cell-words';
import { openTable } from './packed-table';

/** @throws FailureError dataset-missing, dataset-invalid; RangeError for an index that is not there */
export async function readRows(folder: string, rows: readonly number[]): Promise<TableRows> {
  const table = await openTable(folder, 0);
  try {
    const { columns } = table.manifest;
    const packed = table.read(rows);
    return {
      columns: columns.map(({ name }) => name),
      lines: rows.map((row) => table.places[3 * row]),
      cells: rows.map((_, i) => columns.map((column, place) => cellOf(column, packed[i * columns.length + place]))),
    };
  } finally {
    table.close();
  }
}
