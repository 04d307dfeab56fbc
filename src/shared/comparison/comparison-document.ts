// Runs side by side as they are read: what the window shows, as a page or a table to be saved. One document, so that all say the same.
import * as v from 'valibot';
import { csvLine } from '../csv';
import { plainly } from '../language';
import { IdSchema } from '../identifiers';
import { MOST_COMPARED } from './comparison';
import { MatrixSchema } from './matrix-table';

const text = v.pipe(v.string(), v.maxLength(20_000));
const cells = v.pipe(v.array(text), v.maxLength(MOST_COMPARED + 1));
const TableSchema = v.object({ title: text, columns: cells, rows: v.pipe(v.array(cells), v.maxLength(2_000)) });
const finite = v.pipe(v.number(), v.finite());

const LineSchema = v.object({
  letter: v.pipe(v.string(), v.regex(/^[A-H]$/)),
  dash: v.pipe(v.array(v.pipe(v.number(), v.minValue(1), v.maxValue(50))), v.maxLength(8)),
  points: v.pipe(v.array(v.tuple([finite, finite])), v.maxLength(20_000)),
});

const ChartSchema = v.object({
  title: text,
  summary: text,
  x: text,
  lines: v.pipe(v.array(LineSchema), v.maxLength(MOST_COMPARED)),
  table: TableSchema,
});
export type ComparisonChart = v.InferOutput<typeof ChartSchema>;
export type ComparisonTable = v.InferOutput<typeof TableSchema>;

/** Numbers as they are, for programs. */
const DataSchema = v.object({
  /** The baseline first. */
  runs: v.pipe(v.array(v.object({ letter: text, id: IdSchema, name: text, startedAt: text })), v.maxLength(MOST_COMPARED)),
  /** Of each run; null where it has none. */
  results: v.pipe(
    v.array(
      v.object({
        name: text,
        unit: v.optional(text),
        better: v.optional(v.picklist(['higher', 'lower'])),
        values: v.pipe(v.array(v.nullable(finite)), v.maxLength(MOST_COMPARED)),
      }),
    ),
    v.maxLength(50),
  ),
});

export const ComparisonDocumentSchema = v.object({
  title: text,
  lead: text,
  verdicts: v.pipe(v.array(text), v.maxLength(2 * MOST_COMPARED)),
  /** Whole against pieces, where that was tried. */
  claim: v.optional(TableSchema),
  tables: v.pipe(v.array(TableSchema), v.maxLength(5)),
  charts: v.pipe(v.array(ChartSchema), v.maxLength(5)),
  /** What each takes for what, and what it does otherwise than the baseline; absent: not told by classes, or by too many. */
  matrices: v.optional(v.pipe(v.array(MatrixSchema), v.maxLength(2 * MOST_COMPARED))),
  data: DataSchema,
});
export type ComparisonDocument = v.InferOutput<typeof ComparisonDocumentSchema>;

export const COMPARISON_FILES = ['html', 'csv', 'json'] as const;
export type ComparisonFile = (typeof COMPARISON_FILES)[number];

/** Settings and results, a column a run, for a spreadsheet: results as numbers, their unit behind the name. */
export const comparisonCsv = ({ tables: [differing, told, alike], data: { results } }: ComparisonDocument): string => {
  const numbers = results.map(({ name, unit, values }) => [
    unit ? `${name} (${unit})` : name,
    ...values.map((value) => String(value ?? '')),
  ]);
  const names = new Set(results.map(({ name }) => name));
  // Such as the spread of repeats.
  const words = (told?.rows ?? []).filter(([name]) => !names.has(name));
  return plainly([differing.columns, ...differing.rows, ...numbers, ...words, ...(alike?.rows ?? [])].map(csvLine).join(''));
};

/** For programs (docs/comparison.md). `format` grows when a field changes its meaning. */
export const comparisonJson = ({ title, verdicts, claim, tables, charts, matrices = [], data }: ComparisonDocument): string => {
  const [differing, , alike] = tables;
  const curves = charts.map(({ title: of, x, lines }) => ({
    title: of,
    x,
    lines: lines.map(({ letter, points }) => ({ letter, points })),
  }));
  const settings = [differing, alike].flatMap((table, i) =>
    (table?.rows ?? []).map(([name, ...values]) => ({ name, values, differs: i === 0 })),
  );
  const confusion = matrices.map(({ title: of, labels, rows }) => ({
    title: of,
    labels,
    rows: rows.map((row) => row.map(({ value }) => value)),
  }));
  const told = { kind: 'comparison', format: 1, title, ...data, settings, verdicts, ...(claim && { claim }), curves };
  return plainly(`${JSON.stringify({ ...told, ...(confusion.length > 0 && { confusion }) }, null, 2)}\n`);
};
