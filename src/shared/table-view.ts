// What a page shows of a table: how the values of every column spread, by side of the split, and rows as they were read.
import type { FileProblem } from './dataset';
import type { ColumnKind, TableFormat, Task } from './table';

/** One bar of a histogram: a value, or a stretch of a range. */
export interface Bar {
  /** "Adelie", "3200 to 3400", "missing". */
  label: string;
  count: number;
}

/** A bar whose rows are told apart by what they are for. */
export interface SplitBar {
  label: string;
  train: number;
  validation: number;
}

export interface ColumnView {
  name: string;
  kind: ColumnKind;
  use: 'input' | 'target';
  bars: SplitBar[];
  /** Bars are stretches of a range in order; else values of their own. */
  isRange: boolean;
  missing: number;
  /** The values in a sentence's middle: "2700 to 6300, mean 4202". */
  words: string;
}

/** Rows of a table, a cell each column in the order of `columns`; "" where it is missing. `lines` are those of the file. */
export interface TableRows {
  columns: string[];
  lines: number[];
  cells: string[][];
}

/** Read at once. */
export const MOST_ROWS_READ = 256;

export interface TableView {
  task: Task;
  target: string;
  /** The target first. */
  columns: ColumnView[];
  train: number;
  validation: number;
  /** Rows of every class among those that are learnt from; of a table that is asked for a number, none. */
  classes: { label: string; train: number }[];
  file: TableFormat;
  columnsLeftOut: { name: string; reason: string }[];
  leftOut: FileProblem[];
  /** The first ones, a cell each column in the order of `columns`; "" where it is missing. `line` is that of the file. */
  rows: { line: number; side: 'train' | 'validation'; cells: string[] }[];
}
