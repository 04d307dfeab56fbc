// How a table's file is written, found by looking at its beginning: encoding, separator, decimal mark, and whether the first row names the columns.
import { locale, word } from '#shared/language';
import { parse } from 'csv-parse/sync';
import { FailureError } from '#shared/failure';
import { SEPARATORS, type Separator, type TableFormat, type TextEncoding } from '#shared/table';
import { isMissing, looksLikeDate, parseNumber, yesOrNo } from './cells';
import { csvOptions, isBlank, type Row } from './rows';
import { decodeHead, guessEncoding, HEAD_BYTES, readHead } from './text';

/** A table has at most as many columns: more is another kind of file. */
const MOST_COLUMNS = 20_000;

/** What is given is taken as it is. @throws FailureError dataset-invalid for what is no table */
export async function detectFormat(path: string, given: Partial<TableFormat> = {}): Promise<TableFormat> {
  const head = await readHead(path);
  const refuse = (problem: string) => new FailureError({ kind: 'dataset-invalid', path, problem });
  if (head.length === 0) throw refuse('it is empty (0 bytes). Save the table again, or choose another.');
  const encoding = given.encoding ?? guessEncoding(head);
  if (!encoding) throw refuse('it is not text. Save the table as CSV, or choose another file.');
  const text = wholeLines(decodeHead(head, encoding), head.length < HEAD_BYTES);
  const separator = given.separator ?? guessSeparator(text);
  const rows = headRows(text, separator);
  if (rows.length === 0) throw refuse('it holds no rows. Save the table again, or choose another.');
  const above = given.above ?? rowsAbove(rows);
  const table = rows.slice(above);
  if (rows[0].cells.length > MOST_COLUMNS) {
    throw refuse(`it has ${rows[0].cells.length.toLocaleString(locale)} columns; at most ${MOST_COLUMNS.toLocaleString(locale)} are read.`);
  }
  const decimal = given.decimal ?? guessDecimal(table, separator);
  return { encoding, separator, decimal, header: given.header ?? guessHeader(table, decimal), ...(above > 0 && { above }) };
}

/** The head of a longer file ends inside a row. */
function wholeLines(text: string, isWhole: boolean): string {
  if (isWhole) return text;
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end > 0 ? text.slice(0, end) : text;
}

function headRows(text: string, separator: Separator): Row[] {
  try {
    const records = parse(text, { ...csvOptions({ separator }), skip_records_with_error: true, to: 500 }) as unknown as string[][];
    return records.map((record, i) => ({ line: i + 1, cells: record.map((cell) => cell.trim()) })).filter((row) => !isBlank(row));
  } catch {
    return [];
  }
}

/** The width most rows have; of two as many, the greater. */
function usualWidth(widths: readonly number[]): { width: number; rows: number } {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, rows] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return { width, rows };
}

const MOST_ABOVE = 30;

/** Instruments and spreadsheets write a title and a date above the table: rows cut short, or filled up with empty cells. */
function rowsAbove(rows: readonly Row[]): number {
  const { width } = usualWidth(rows.map(({ cells }) => cells.length));
  const isAbove = ({ cells }: Row): boolean => {
    const filled = cells.filter((cell) => cell !== '').length;
    return filled <= (cells.length < width ? width / 2 : width / 4);
  };
  const first = rows.findIndex((row) => !isAbove(row));
  return width > 1 && first > 0 && first <= MOST_ABOVE && rows[first].cells.length === width ? first : 0;
}

/** The one that parts most rows into the same number of cells, more than one; a comma where none does. */
function guessSeparator(text: string): Separator {
  const scored = SEPARATORS.map((separator) => {
    const widths = headRows(text, separator).map(({ cells }) => cells.length);
    const { width, rows } = usualWidth(widths);
    return { separator, score: width > 1 ? (rows / widths.length) * (1 - 1 / (1 + width)) : 0 };
  });
  return scored.reduce((best, next) => (next.score > best.score + 1e-9 ? next : best)).separator;
}

/** A comma, where more cells are numbers only with it than only with a point. */
function guessDecimal(rows: readonly Row[], separator: Separator): TableFormat['decimal'] {
  if (separator === ',') {
    // Then it stands in quoted cells at most.
    const quoted = rows.flatMap(({ cells }) => cells).filter((cell) => /^-?\d+,\d+$/.test(cell) && !/^-?\d{1,3},\d{3}$/.test(cell));
    const points = rows.flatMap(({ cells }) => cells).filter((cell) => /^-?\d+\.\d+$/.test(cell));
    return quoted.length > points.length ? ',' : '.';
  }
  let balance = 0;
  for (const { cells } of rows) {
    for (const cell of cells) {
      const [point, comma] = [parseNumber(cell, '.'), parseNumber(cell, ',')].map(Number.isNaN);
      if (point !== comma) balance += comma ? 1 : -1;
      // 1.234 and 1,234 are numbers in both, a thousand times apart: a broken part of another length tells.
    }
  }
  return balance < 0 ? ',' : '.';
}

const hasValue = (cell: string, decimal: TableFormat['decimal']): boolean =>
  !Number.isNaN(parseNumber(cell, decimal)) || looksLikeDate(cell) || yesOrNo(cell) !== undefined;

/** Names stand above other things than names: a first row of text over a column of values is a header, one that holds values is none. */
function guessHeader([first, ...rest]: readonly Row[], decimal: TableFormat['decimal']): boolean {
  const named = first.cells.filter((cell) => !isMissing(cell));
  if (named.length === 0 || named.some((cell) => !Number.isNaN(parseNumber(cell, decimal)) || looksLikeDate(cell))) return false;
  if (rest.length === 0) return true;
  const isOver = first.cells.some((_, place) => rest.slice(0, 20).some(({ cells }) => hasValue(cells[place] ?? '', decimal)));
  if (isOver) return true;
  // All text: names do not come back in their own column.
  return new Set(named).size === named.length && !first.cells.some((name, place) => rest.some(({ cells }) => cells[place] === name));
}

/** In words, as the end of a sentence. */
export const SEPARATOR_WORDS: Record<Separator, string> = {
  ',': word('comma'),
  ';': word('semicolon'),
  '\t': word('tab'),
  '|': word('bar'),
};
export const ENCODING_WORDS: Record<TextEncoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Latin-1 (windows-1252)',
};
