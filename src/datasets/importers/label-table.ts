// A table of file names and labels, read: which column names the pictures, which the classes, which the part of the split.
import { CsvError, parse } from 'csv-parse/sync';
import { word } from '#shared/language';
import { splitNamed } from './split-name';

export interface LabelTable {
  rows: { name: string; label: string; part: string }[];
  /** As the columns are called, or "column 2" where they have no names. */
  columns: { file: string; label: string; part?: string };
}

const SEPARATORS = [',', ';', '\t', '|'];
const LABEL_NAMES =
  /^(label|labels|class|class_?name|classes|category|target|species|breed|diagnosis|dx|type|tag|y|id_code_label|klasse)$/i;
const PART_NAMES = /^(split|set|subset|partition|part|fold|usage|phase)$/i;
const FILE_NAMES = /^(file|file_?names?|file_?path|files|image|image_?(id|name|path|file)|images|img|path|name|id|picture)$/i;
/** Of the rows, at least so many name a picture that is there. */
const ENOUGH = 0.5;
const ROWS_TRIED = 200;
/** More of them would take seconds and fill the memory. */
export const MOST_ROWS = 500_000;
const MOST_COLUMNS = 1_000;
class NoTable extends Error {}

/** Undefined where no column names pictures beside it. `isThere` says whether a cell does. */
export function readLabelTable(bytes: Buffer, isThere: (cell: string) => boolean): LabelTable | undefined {
  const rows = rowsOf(bytes);
  if (!rows || rows.length === 0) return undefined;
  const width = Math.max(...rows.slice(0, ROWS_TRIED).map((row) => row.length));
  const tried = rows.slice(0, ROWS_TRIED);
  const share = (column: number) => tried.filter((row) => isThere(row[column] ?? '')).length / tried.length;
  const columns = Array.from({ length: width }, (_, i) => i);
  const file = columns.reduce((best, column) => (share(column) > share(best) ? column : best), 0);
  if (share(file) < ENOUGH || width < 2) return undefined;
  const isNamed = !isThere(rows[0][file] ?? '') && rows[0].some((cell) => FILE_NAMES.test(cell.trim()) || LABEL_NAMES.test(cell.trim()));
  const names = rows[0].map((cell, i) => (isNamed ? cell.trim() : word(`column ${i + 1}`)));
  const body = isNamed ? rows.slice(1) : rows;
  const part = columns.find(
    (column) =>
      column !== file && ((isNamed && PART_NAMES.test(names[column])) || body.every((row) => splitNamed(row[column] ?? '') !== undefined)),
  );
  const label = labelColumn(
    columns.filter((column) => column !== file && column !== part),
    names,
    isNamed,
    body,
  );
  if (label === undefined) return undefined;
  const text = (row: string[], column: number | undefined) => (column === undefined ? '' : (row[column] ?? '').trim().normalize('NFC'));
  return {
    rows: body.map((row) => ({ name: text(row, file), label: text(row, label), part: text(row, part) })),
    columns: { file: names[file], label: names[label], part: part === undefined ? undefined : names[part] },
  };
}

/** Named so, else the only other column, else the first whose values come back again and again. */
function labelColumn(columns: number[], names: string[], isNamed: boolean, body: string[][]): number | undefined {
  const named = isNamed ? columns.find((column) => LABEL_NAMES.test(names[column])) : undefined;
  if (named !== undefined || columns.length === 1) return named ?? columns[0];
  return columns.find((column) => {
    const distinct = new Set(body.map((row) => (row[column] ?? '').trim()));
    return distinct.size > 1 && distinct.size <= Math.max(2, body.length / 2);
  });
}

/** Undefined for what is no table. */
function rowsOf(bytes: Buffer): string[][] | undefined {
  const text = decoded(bytes);
  if (text === undefined) return undefined;
  const first = text.split(/\r\n|\n|\r/, 20).filter((line) => line.trim() !== '');
  const separator = SEPARATORS.find((mark) => first.length > 0 && first.every((line) => line.includes(mark)));
  if (separator === undefined) return undefined;
  if (!text.includes('"')) return plainRows(text, separator);
  let count = 0;
  try {
    return parse(text, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: separator !== '\t',
      max_record_size: 1 << 20,
      on_record: (record: string[]) => {
        if (record.length > MOST_COLUMNS || ++count > MOST_ROWS) throw new NoTable();
        return record;
      },
    });
  } catch (error) {
    if (error instanceof CsvError || error instanceof NoTable) return undefined;
    throw error;
  }
}

/** Without a quote lines are rows: five times as fast, which half a million of them need. */
function plainRows(text: string, separator: string): string[][] | undefined {
  const lines = text.split(/\r\n|\n|\r/, MOST_ROWS + 1).filter((line) => line !== '');
  if (lines.length > MOST_ROWS) return undefined;
  const rows = lines.map((line) => line.split(separator, MOST_COLUMNS + 1));
  if (rows.some(({ length }) => length > MOST_COLUMNS)) return undefined;
  return separator === '\t' ? rows : rows.map((row) => row.map((cell) => cell.trim()));
}

function decoded(bytes: Buffer): string | undefined {
  const [a, b] = bytes;
  try {
    if (a === 0xff && b === 0xfe) return bytes.toString('utf16le', 2);
    if (a === 0xfe && b === 0xff)
      return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString('utf16le');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return bytes.includes(0) ? undefined : bytes.toString('latin1');
  }
}
