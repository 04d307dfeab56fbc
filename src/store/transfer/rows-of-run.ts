// The numbers and sentences of a run as lines for another computer: read a handful at a time, however many there are.
import { ROWS, type Row, type RowsName } from '#shared/run-file/record';
import { shortened } from '#shared/run-file/told';
import { withoutPlaces } from '#shared/without-paths';
import type { Database } from '../database';

/** At once: more would keep whoever else asks waiting. */
const HANDFUL = 5_000;

/** As SQLite gives them: `at` counts them, and `line` is a JSON text for those columns that are one. */
interface Source {
  table: 'steps' | 'epochs' | 'run_events';
  counted: string;
  columns: readonly string[];
}

const SOURCES: Record<RowsName, Source> = {
  'steps.jsonl': {
    table: 'steps',
    counted: 'step',
    columns: ['step', 'epoch', 'loss', 'accuracy', 'samples', 'seconds', 'learning_rate', 'memory_bytes'],
  },
  'epochs.jsonl': {
    table: 'epochs',
    counted: 'epoch',
    columns: ['epoch', 'step', 'train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'scores', 'seconds'],
  },
  'events.jsonl': { table: 'run_events', counted: 'key', columns: ['at', 'kind', 'message'] },
};

/** @param run its key; each handful is a text of whole lines, the first of which names the fields */
export function* linesOf(db: Database, run: number, name: RowsName): Generator<string> {
  const { table, counted, columns } = SOURCES[name];
  const sql = `SELECT ${counted} AS counted, ${columns.join(', ')} FROM ${table}
    WHERE run = @run AND ${counted} > @after ORDER BY ${counted} LIMIT ${HANDFUL}`;
  yield `${JSON.stringify(ROWS[name].fields)}\n`;
  for (let after = -1; ;) {
    const rows = db.all<Record<string, string | number | null>>(sql, { run, after });
    if (rows.length === 0) return;
    after = Number(rows[rows.length - 1].counted);
    yield rows.map((row) => `${JSON.stringify(lineOf(name, columns, row))}\n`).join('');
    if (rows.length < HANDFUL) return;
  }
}

function lineOf(name: RowsName, columns: readonly string[], row: Record<string, string | number | null>): unknown[] {
  const values = columns.map((column) => row[column]);
  if (name === 'events.jsonl') return withoutPlaces(values).map((value) => (typeof value === 'string' ? shortened(value) : value));
  return values.map((value, i) => (columns[i] === 'scores' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value));
}

const INSERTS: Record<RowsName, string> = {
  'steps.jsonl': insert(SOURCES['steps.jsonl']),
  'epochs.jsonl': insert(SOURCES['epochs.jsonl']),
  'events.jsonl': insert(SOURCES['events.jsonl']),
};

function insert({ table, columns }: Source): string {
  return `INSERT INTO ${table} (run, ${columns.join(', ')}) VALUES (@run, ${columns.map((column) => `@${column}`).join(', ')})`;
}

/** One after the other, in a transaction of the caller's. */
export function addRow<Name extends RowsName>(db: Database, run: number, name: Name, row: Row<Name>): void {
  const { columns } = SOURCES[name];
  const values = row as readonly (string | number | null | object)[];
  const stored = values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value));
  db.run(INSERTS[name], { run, ...Object.fromEntries(columns.map((column, i) => [column, stored[i]])) });
}
