// A table read by the names of its columns, for what is asked about it and not learnt from.
import { stat } from 'node:fs/promises';
import { FailureError } from '#shared/failure';
import type { TableFormat } from '#shared/table';
import { detectFormat } from './detect';
import { columnNames } from './names';
import { readRows } from './rows';
import { NotUtf8 } from './text';

export interface NamedRow {
  line: number;
  /** By column; a row that is cut short lacks some. */
  cells: Record<string, string>;
}

export interface NamedTable {
  format: TableFormat;
  names: string[];
  rows: AsyncIterable<NamedRow>;
}

/** `header`: of the table that was learnt from; one without names has them by number. @throws FailureError dataset-missing, dataset-invalid for what is no table, or has no names of columns */
export async function readTable(path: string, { header }: Pick<TableFormat, 'header'>): Promise<NamedTable> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => undefined,
  );
  if (isFile === undefined) throw new FailureError({ kind: 'dataset-missing', path });
  if (!isFile) throw new FailureError({ kind: 'dataset-invalid', path, problem: 'it is a folder. Choose a table as a .csv or .tsv file.' });
  const format = await readableFormat(path, header ? {} : { header });
  if (header && !format.header) {
    const problem = 'its first row does not name the columns. Write their names above the rows, as in the table that was learnt from.';
    throw new FailureError({ kind: 'dataset-invalid', path, problem });
  }
  for await (const [first] of readRows(path, format)) {
    const { names } = columnNames(first.cells, format.header);
    return { format, names, rows: namedRows(path, format, names) };
  }
  throw new FailureError({ kind: 'dataset-invalid', path, problem: 'it holds no rows. Choose another.' });
}

/** The whole file is read once, so that letters that are no UTF-8 near its end do not stop half-way. */
async function readableFormat(path: string, given: Partial<TableFormat>): Promise<TableFormat> {
  const format = await detectFormat(path, given);
  try {
    for await (const rows of readRows(path, format)) void rows;
    return format;
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return detectFormat(path, { ...given, encoding: 'windows-1252' });
  }
}

async function* namedRows(path: string, format: TableFormat, names: readonly string[]): AsyncGenerator<NamedRow> {
  let isHeader = format.header;
  for await (const rows of readRows(path, format)) {
    for (const { line, cells } of rows) {
      if (!isHeader) yield { line, cells: named(names, cells) };
      isHeader = false;
    }
  }
}

/** Without a prototype: a column may be called "constructor". */
function named(names: readonly string[], cells: readonly string[]): NamedRow['cells'] {
  const row = Object.create(null) as NamedRow['cells'];
  for (const [i, name] of names.entries()) if (i < cells.length) row[name] = cells[i];
  return row;
}
