// Min–max decimation in SQLite: of a long table, the rows that a chart of so many pixels shows, with every peak and dip among them.
import type { Database } from './database';

export interface Thinned {
  table: 'steps' | 'epochs';
  /** What the rows of a run are counted by, and the second part of their key. */
  key: 'step' | 'epoch';
  columns: string;
  /** Of each of these a stretch keeps the row. */
  extremes: readonly Extreme[];
}

type Extreme = readonly [of: 'min' | 'max', column: string];

export const lowestAndHighest = (...columns: string[]): Extreme[] =>
  columns.flatMap((column): Extreme[] => [
    ['min', column],
    ['max', column],
  ]);

/** Both ends belong to it; absent: the first or last row there is. */
export interface Range {
  from?: number;
  to?: number;
}

/** Rows that are there, and how many of them are one stretch; 1: each comes back. */
export interface Bounds {
  low: number;
  high: number;
  width: number;
}

/** Rows that come back at most. */
export const mostRows = ({ extremes }: Pick<Thinned, 'extremes'>, stretches: number): number => extremes.length * stretches + 2;

/** Undefined where the range has no rows. */
export function boundsOf(db: Database, what: Thinned, run: number, range: Range, stretches: number): Bounds | undefined {
  const { from = -Infinity, to = Infinity } = range;
  const end = (order: 'ASC' | 'DESC') =>
    db.get<{ at: number }>(
      `SELECT ${what.key} AS at FROM ${what.table} WHERE run = @run AND ${what.key} >= @from AND ${what.key} <= @to
         ORDER BY ${what.key} ${order} LIMIT 1`,
      { run, from, to },
    )?.at;
  const [low, high] = [end('ASC'), end('DESC')];
  if (low === undefined || high === undefined) return undefined;
  const count = high - low + 1;
  return { low, high, width: count <= mostRows(what, stretches) ? 1 : Math.ceil(count / stretches) };
}

/** The first row of each stretch and the first one behind it. */
const STRETCHES = `WITH RECURSIVE stretch (first, next) AS (
  SELECT @low, @low + @width UNION ALL SELECT next, min(next + @width, @high + 1) FROM stretch WHERE next <= @high
)`;

/** Of each stretch the rows with its extremes, and both ends. */
export function readThinned<Row>(db: Database, { table, key, columns, extremes }: Thinned, run: number, bounds: Bounds): Row[] {
  const rows = `SELECT ${columns} FROM ${table} WHERE run = @run AND ${key}`;
  const { low, high, width } = bounds;
  if (width === 1) return db.all<Row>(`${rows} >= @low AND ${key} <= @high ORDER BY ${key}`, { run, low, high });
  // One range of the primary key a stretch: grouping a million rows by an expression would sort them first.
  const within = `FROM ${table} WHERE run = @run AND ${key} >= first AND ${key} < next`;
  const found = extremes.map(([of, column]) => `SELECT (SELECT at FROM (SELECT ${key} AS at, ${of}(${column}) ${within})) FROM stretch`);
  return db.all<Row>(`${STRETCHES} ${rows} IN (${found.join(' UNION ')} UNION VALUES (@low), (@high)) ORDER BY ${key}`, {
    run,
    low,
    high,
    width,
  });
}

/** Of each stretch how many rows it has, and the mean of each of the columns. */
export function readMeans(
  db: Database,
  { table, key }: Thinned,
  columns: readonly string[],
  run: number,
  bounds: Bounds,
): [rows: number, ...means: (number | null)[]][] {
  const means = columns.map((column) => `avg(${column})`).join(', ');
  const rows = db.all<{ means: string }>(
    `${STRETCHES} SELECT (SELECT json_array(count(*), ${means}) FROM ${table} WHERE run = @run AND ${key} >= first AND ${key} < next) AS means FROM stretch`,
    { run, ...bounds },
  );
  return rows.map((row) => JSON.parse(row.means) as [number, ...(number | null)[]]);
}
