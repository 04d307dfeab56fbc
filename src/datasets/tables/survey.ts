// The first pass over a table: what the values of every column are like, in memory that does not grow with the rows.
import { DATE_FORMATS, type DateFormat, type TableFormat } from '#shared/table';
import { isMissing, looksLikeDate, parseDate, parseNumber, yesOrNo } from './cells';
import { columnNames } from './names';
import { readRows } from './rows';
import { DistinctCount, Moments, Sample } from './sketch';
import { throwIfCancelled } from '../watch';

/** Different values of a column that are counted one by one. */
export const MOST_VALUES = 1000;
/** A longer text is no category. */
const LONGEST_VALUE = 120;
const EXAMPLES = 5;

export class ColumnSurvey {
  present = 0;
  missing = 0;
  readonly distinct = new DistinctCount();
  /** How often each value occurs; of those first met, when there are more than fit. */
  readonly values = new Map<string, number>();
  /** There were more values, or longer ones, than `values` holds. */
  overflown = false;
  readonly numbers = new Moments();
  readonly sample = new Sample();
  integers = 0;
  /** 007, 01234: digits that are a code, not an amount. */
  leadingZeros = 0;
  readonly dates: Record<DateFormat, number> = { 'year-month-day': 0, 'day-month-year': 0, 'month-day-year': 0 };
  /** Of each format, in days since 1970. */
  readonly days: Record<DateFormat, Moments> = {
    'year-month-day': new Moments(),
    'day-month-year': new Moments(),
    'month-day-year': new Moments(),
  };
  readonly daySamples: Record<DateFormat, Sample> = {
    'year-month-day': new Sample(),
    'day-month-year': new Sample(),
    'month-day-year': new Sample(),
  };
  /** Dates with a time of day. */
  times = 0;
  /** By pair of words. */
  readonly yesNo = new Map<number, number>();
  /** Cells that are no number, while most are. */
  readonly notNumbers: { line: number; cell: string }[] = [];

  add(cell: string, line: number, decimal: TableFormat['decimal']): void {
    if (isMissing(cell)) {
      this.missing++;
      return;
    }
    this.present++;
    this.distinct.add(cell);
    this.#count(cell);
    const number = parseNumber(cell, decimal);
    if (!Number.isNaN(number)) {
      this.numbers.add(number);
      this.sample.add(number);
      if (Number.isInteger(number)) this.integers++;
      if (/^0\d/.test(cell)) this.leadingZeros++;
    } else if (this.notNumbers.length < EXAMPLES) this.notNumbers.push({ line, cell });
    if (looksLikeDate(cell)) this.#date(cell);
    const word = yesOrNo(cell);
    if (word) this.yesNo.set(word.place, (this.yesNo.get(word.place) ?? 0) + 1);
  }

  #count(cell: string): void {
    const known = this.values.get(cell);
    if (known !== undefined) this.values.set(cell, known + 1);
    else if (this.values.size < MOST_VALUES && cell.length <= LONGEST_VALUE) this.values.set(cell, 1);
    else this.overflown = true;
  }

  #date(cell: string): void {
    let isTimed = false;
    for (const format of DATE_FORMATS) {
      const days = parseDate(cell, format);
      if (Number.isNaN(days)) continue;
      this.dates[format]++;
      this.days[format].add(days);
      this.daySamples[format].add(days);
      isTimed ||= !Number.isInteger(days);
    }
    if (isTimed) this.times++;
  }
}

export interface RaggedRow {
  line: number;
  cells: number;
}

export interface TableSurvey {
  format: TableFormat;
  names: string[];
  /** What was done to the header's names, one sentence each. */
  nameNotes: string[];
  columns: ColumnSurvey[];
  /** As wide as the header. */
  rows: number;
  /** Those that are not, counted; by line up to MOST_NAMED. */
  ragged: RaggedRow[];
  raggedCount: number;
}

/** Rows that are named by their line; the others are counted. */
export const MOST_NAMED = 1000;

/** A separator after the last cell is no cell. */
export const isAsWide = (cells: readonly string[], width: number): boolean =>
  cells.length === width || (cells.length === width + 1 && cells[width] === '');

export interface SurveyWatch {
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** @throws NotUtf8 @throws FailureError dataset-invalid, cancelled */
export async function surveyTable(path: string, format: TableFormat, { onBytes, signal }: SurveyWatch = {}): Promise<TableSurvey> {
  let survey: TableSurvey | undefined;
  for await (const rows of readRows(path, format, onBytes)) {
    throwIfCancelled(signal);
    for (const [i, { line, cells }] of rows.entries()) {
      if (!survey) {
        const { names, notes } = columnNames(cells, format.header);
        survey = { format, names, nameNotes: notes, columns: names.map(() => new ColumnSurvey()), rows: 0, ragged: [], raggedCount: 0 };
        if (format.header && i === 0) continue;
      }
      if (!isAsWide(cells, survey.names.length)) {
        survey.raggedCount++;
        if (survey.ragged.length < MOST_NAMED) survey.ragged.push({ line, cells: cells.length });
        continue;
      }
      survey.rows++;
      for (const [place, column] of survey.columns.entries()) column.add(cells[place], line, format.decimal);
    }
  }
  return survey ?? { format, names: [], nameNotes: [], columns: [], rows: 0, ragged: [], raggedCount: 0 };
}
