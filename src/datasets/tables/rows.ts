// The rows of a table's file one after another, each with the line it begins on; nothing is held but the piece being read.
import { locale } from '#shared/language';
import { Readable } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { FailureError } from '#shared/failure';
import type { TableFormat } from '#shared/table';
import { readText } from './text';

export interface Row {
  /** From 1, the header counted. */
  line: number;
  /** Without spaces around them. */
  cells: string[];
}

/** A quote that is never closed would make one cell of the rest of the file. */
const LONGEST_ROW = 4 << 20;
/** Rows handed over together: what an await costs is then nothing beside them. */
const TOGETHER = 256;

export const csvOptions = ({ separator }: Pick<TableFormat, 'separator'>): Options => ({
  delimiter: separator,
  relax_column_count: true,
  // A quote inside an unquoted cell is a letter: 5" pipe.
  relax_quotes: true,
  skip_empty_lines: true,
  ltrim: separator !== '\t',
  rtrim: separator !== '\t',
  max_record_size: LONGEST_ROW,
});

/** @param lines up to where the record ends; it is told where it begins */
function toRow(record: readonly string[], lines: number): Row {
  let within = 0;
  for (const cell of record) if (cell.includes('\n') || cell.includes('\r')) within += cell.split(/\r\n|\n|\r/).length - 1;
  return { line: lines - within, cells: record.map((cell) => cell.trim()) };
}

export const isBlank = ({ cells }: Row): boolean => cells.every((cell) => cell === '');

/**
 * Rows of nothing but separators, as spreadsheets leave them at the end, are passed over, and those above the table.
 * @throws NotUtf8
 * @throws FailureError dataset-invalid for a quote that is never closed
 */
export async function* readRows(path: string, format: TableFormat, onBytes?: (bytes: number) => void): AsyncGenerator<Row[]> {
  // Rows that were told apart, though not all of them may have come out before an error.
  let parsed = 0;
  const toRows = {
    ...csvOptions(format),
    // csv-parse's own `info` would find a record's place a second time.
    on_record: (record: string[], { lines }: { lines: number }) => {
      parsed = lines;
      return toRow(record, lines);
    },
  };
  // Its types know other records only where columns have names.
  const parser = parse(toRows as unknown as Options);
  const text = Readable.from(readText(path, format.encoding, onBytes));
  text.once('error', (error) => parser.destroy(error));
  let rows: Row[] = [];
  let above = format.above ?? 0;
  try {
    for await (const row of text.pipe(parser) as AsyncIterable<Row>) {
      if (isBlank(row) || above-- > 0) continue;
      rows.push(row);
      if (rows.length < TOGETHER) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? new FailureError({ kind: 'dataset-invalid', path, problem: sentenceOf(error, parsed + 1) }) : error;
  } finally {
    text.destroy();
    parser.destroy();
  }
  if (rows.length > 0) yield rows;
}

function sentenceOf({ code }: CsvError, line: number): string {
  const where = ` The row begins in line ${line.toLocaleString(locale)}.`;
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return `a quotation mark is opened and never closed.${where} Close it, or save the table again from the program it came from.`;
    default:
      return `its rows cannot be told apart.${where} Save the table again as CSV from the program it came from.`;
  }
}
