// Min–max decimation in SQLite: of a long table, the rows that a chart of so many pixels shows, with every peak and dip among them.
import type { Database } from './database';
import { BLOCK, coveredUpTo } from './step-blocks';

export interface Thinned {
  table: 'steps' | 'epochs';
  /** What the rows of a run are counted by, and the second part of their key. */
  key: 'step' | 'epoch';
  columns: string;
  /** Of each of these a stretch keeps the row. */
  extremes: readonly Extreme[];
  /** Wide stretches are read from what step_blocks has of them. */
  inBlocks?: true;
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
  /** Where the second stretch begins. */
  second: number;
  /** Stretches of whole blocks before this step are read from those. */
  covered: number;
}

/** Rows that come back at most. */
export const mostRows = ({ extremes }: Pick<Thinned, 'extremes'>, stretches: number): number => extremes.length * stretches + 2;

/** Narrower stretches are read row by row. */
const LEAST_BLOCKS = 4;

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
  const width = count <= mostRows(what, stretches) ? 1 : Math.ceil(count / stretches);
  const plain = { low, high, width, second: low + width, covered: low };
  if (!what.inBlocks || width < LEAST_BLOCKS * BLOCK || stretches < 2) return plain;
  // The first is shorter, so that all others are whole blocks.
  const wide = BLOCK * Math.ceil(count / (stretches - 1) / BLOCK);
  return {
    ...plain,
    width: wide,
    second: BLOCK * Math.ceil((low - 1) / BLOCK) + 1 + (low % BLOCK === 1 ? wide : 0),
    covered: coveredUpTo(db, run),
  };
}

/** In which of them a row is. */
export const stretchOf = (at: number, { second, width }: Bounds): number => (at < second ? 0 : 1 + Math.floor((at - second) / width));

/** The first row of each stretch and the first one behind it. */
const STRETCHES = `WITH RECURSIVE stretch (first, next) AS (
  SELECT @low, min(@second, @high + 1) UNION ALL SELECT next, min(next + @width, @high + 1) FROM stretch WHERE next <= @high
)`;

const IS_OF_BLOCKS = `(first - 1) % ${BLOCK} = 0 AND (next - 1) % ${BLOCK} = 0 AND next <= @covered`;
const BLOCKS = `FROM step_blocks WHERE run = @run AND block >= (first - 1) / ${BLOCK} AND block < (next - 1) / ${BLOCK}`;

/** Of each stretch the rows with its extremes, and both ends. */
export function readThinned<Row>(db: Database, { table, key, columns, extremes, inBlocks }: Thinned, run: number, bounds: Bounds): Row[] {
  const rows = `SELECT ${columns} FROM ${table} WHERE run = @run AND ${key}`;
  const { low, high, width, second, covered } = bounds;
  if (width === 1) return db.all<Row>(`${rows} >= @low AND ${key} <= @high ORDER BY ${key}`, { run, low, high });
  // One range of the primary key a stretch: grouping a million rows by an expression would sort them first.
  const within = `FROM ${table} WHERE run = @run AND ${key} >= first AND ${key} < next`;
  const found = extremes.map(([of, column]) => {
    const ofRows = `(SELECT at FROM (SELECT ${key} AS at, ${of}(${column}) ${within}))`;
    const ofBlocks = `(SELECT at FROM (SELECT ${column}_${of}_at AS at, ${of}(${column}_${of}) ${BLOCKS}))`;
    return `SELECT ${inBlocks ? `CASE WHEN ${IS_OF_BLOCKS} THEN ${ofBlocks} ELSE ${ofRows} END` : ofRows} FROM stretch`;
  });
  return db.all<Row>(`${STRETCHES} ${rows} IN (${found.join(' UNION ')} UNION VALUES (@low), (@high)) ORDER BY ${key}`, {
    run,
    low,
    high,
    width,
    second,
    ...(inBlocks && { covered }),
  });
}

/** Of each stretch how many steps it has, and the means of their losses and of their accuracies. */
export function readMeans(
  db: Database,
  { table, key }: Pick<Thinned, 'table' | 'key'>,
  run: number,
  bounds: Bounds,
): [steps: number, loss: number | null, accuracy: number | null][] {
  const ofRows = `(SELECT json_array(count(*), avg(loss), avg(accuracy)) FROM ${table} WHERE run = @run AND ${key} >= first AND ${key} < next)`;
  const ofBlocks = `(SELECT json_array(sum(steps), sum(loss_sum) / nullif(sum(losses), 0), sum(accuracy_sum) / nullif(sum(accuracies), 0)) ${BLOCKS})`;
  const rows = db.all<{ means: string }>(
    `${STRETCHES} SELECT CASE WHEN ${IS_OF_BLOCKS} THEN ${ofBlocks} ELSE ${ofRows} END AS means FROM stretch`,
    { run, ...bounds },
  );
  return rows.map((row) => JSON.parse(row.means) as [number, number | null, number | null]);
}
