// What a table is to every process: how its file is read, what each column is and how it becomes numbers, and what a person may change.
import * as v from 'valibot';
import type { CheckFacts, ManifestFacts, SummaryFacts } from './dataset';
import type { Bar } from './table-view';

export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];
export const TASKS = ['classification', 'regression'] as const;
export type Task = (typeof TASKS)[number];

export const TableFormatSchema = v.object({
  separator: v.picklist(SEPARATORS),
  encoding: v.picklist(TEXT_ENCODINGS),
  /** What stands between whole and broken part of a number. */
  decimal: v.picklist(['.', ',']),
  /** The first row names the columns. */
  header: v.boolean(),
  /** Rows before it that are none of the table: a title, a date. Blank ones are not counted. Absent: none. */
  above: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});
/** How the text of the file is read. */
export type TableFormat = v.InferOutput<typeof TableFormatSchema>;

export const DATE_FORMATS = ['year-month-day', 'day-month-year', 'month-day-year'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What a date is besides a moment: places on circles, each given as sine and cosine. */
export const DATE_CYCLES = ['year', 'week', 'day'] as const;
export type DateCycle = (typeof DATE_CYCLES)[number];

const fraction = v.pipe(v.number(), v.finite());
const columnFacts = { name: v.string(), missing: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) };

/**
 * How a cell becomes one number of a packed row; a missing one is NaN.
 * - number: the value − origin
 * - boolean: 0 or 1
 * - category: its place in `categories`; what is none of them is "other", one place after the last
 * - date: days since origin, itself in days since 1970-01-01
 *
 * And what that number becomes for a model, with the numbers of a TableFit, taken from the training part alone:
 * - number and date: (value − mean) ÷ deviation; where it was missing, the training part's median; with `flag`, then 1 where it was missing
 * - date, after that: sine and cosine of each of `cycles`
 * - boolean: as a number, a missing one the more frequent of both
 * - category: one number each category, "other" (where there is such) and "missing" (with `ownMissing`): 1 for what it is, 0 for the rest;
 *   without `ownMissing` a missing one is the training part's most frequent
 */
const UsedColumnSchema = v.variant('kind', [
  v.object({ kind: v.literal('number'), ...columnFacts, origin: fraction, flag: v.boolean() }),
  v.object({ kind: v.literal('boolean'), ...columnFacts, flag: v.boolean() }),
  v.object({ kind: v.literal('category'), ...columnFacts, categories: v.array(v.string()), other: v.boolean(), ownMissing: v.boolean() }),
  v.object({
    kind: v.literal('date'),
    ...columnFacts,
    format: v.picklist(DATE_FORMATS),
    origin: fraction,
    cycles: v.array(v.picklist(DATE_CYCLES)),
    flag: v.boolean(),
  }),
]);
export type UsedColumn = v.InferOutput<typeof UsedColumnSchema>;
export const UsedColumnsSchema = v.pipe(v.array(UsedColumnSchema), v.minLength(1));
export type ColumnKind = UsedColumn['kind'];
export const COLUMN_KINDS = ['number', 'category', 'boolean', 'date'] as const satisfies readonly ColumnKind[];

/** What a person says about a table; what is absent is found by looking. */
export const TableOptionsSchema = v.object({
  kind: v.literal('table'),
  format: v.optional(v.partial(TableFormatSchema)),
  target: v.optional(v.string()),
  task: v.optional(v.picklist(TASKS, `The task must be one of: ${TASKS.join(', ')}.`)),
  /** By column name: another kind than was found, or not to be learnt from. */
  columns: v.optional(v.record(v.string(), v.picklist([...COLUMN_KINDS, 'left-out']))),
});
export type TableOptions = v.InferOutput<typeof TableOptionsSchema>;

/** What a used column's numbers are in the training part. */
export type ColumnFit = { fill: number; mean: number; deviation: number } | { fill: number };

/** What standardizes rows and, where it is a number, the target; of a run's training part alone. */
export interface TableFit {
  columns: ColumnFit[];
  target?: { mean: number; deviation: number };
}

/** Everything a saved model needs to take a raw row. */
export interface TableEncoding {
  format: TableFormat;
  columns: UsedColumn[];
  fit: TableFit;
}

/**
 * manifest.json of a table's version. Beside it samples.bin: a float32 each used column and row; targets.bin: a float64 each row, the class's
 * place in `labels` or the value; rows.bin: three uint32 each row, its number in the file and a hash of its cells that the split draws by.
 */
export interface TableManifest extends ManifestFacts {
  kind: 'table';
  task: Task;
  target: string;
  file: TableFormat;
  columns: UsedColumn[];
  /** Columns that are not learnt from, with the reason. */
  columnsLeftOut: { name: string; reason: string }[];
}

/** One column as a person sees it. */
export interface ColumnReport {
  name: string;
  /** What it is, or would be if it were used. */
  kind: ColumnKind;
  use: 'input' | 'target' | 'left-out';
  /** Cells without a value. */
  missing: number;
  /** One sentence: how it becomes numbers and what happens where it is missing, or why it is left out. */
  rule: string;
  /** Most frequent values of a category, with their counts; the range of numbers and dates, in words. */
  values: string;
  /** The same as bars: of a sample where there are many rows. */
  bars: Bar[];
}

export interface TableCheck extends CheckFacts {
  kind: 'table';
  /** Rows that are used. */
  rows: number;
  /** In the order of the file. */
  columns: ColumnReport[];
  task: Task;
  target: string;
  /** Of the target, where it is a class. */
  classes: { label: string; count: number }[];
  /** Of the target, where it is a number. */
  range?: { least: number; most: number; mean: number; deviation: number };
  /** As the file was read. */
  format: TableFormat;
  suggested: TableOptions;
}

export interface TableSummary extends SummaryFacts {
  kind: 'table';
  task: Task;
  target: string;
  columns: number;
}
