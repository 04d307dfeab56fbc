// Looks at a history or a backup without changing it: its state, what is in it, and what another has beside it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import type { BackupLook, HistoryCheck } from '#shared/backup';
import type { TableManifest } from '#shared/table';
import type { Database } from './database';
import { connect } from './driver';
import { fromStored } from './location';
import { checkHeader } from './open';
import { proveBackup } from './restore';

const MOST_COMPLAINTS = 20;
const MOST_NAMES = 5;

/** @throws FailureError damaged-database where not even that can be told */
export function checkHistory(file: string): HistoryCheck {
  if (!existsSync(file)) throw new FailureError({ kind: 'bad-setting', problem: 'There is no history yet.' });
  checkHeader(file, 'r');
  return reading(file, (db) => {
    const complaints = db.all<Record<string, string>>(`PRAGMA integrity_check(${MOST_COMPLAINTS})`).flatMap((row) => Object.values(row));
    return {
      integrity: complaints.join('\n'),
      format: Number(db.pragma('user_version')),
      bytes: sizeOf(file),
      walBytes: sizeOf(`${file}-wal`),
      driver: db.driver,
      sqlite: db.get<{ version: string }>('SELECT sqlite_version() AS version')!.version,
      rows: rowsOf(db),
      names: [...namesIn(db), ...columnsIn(db, path.dirname(file))],
      settings: settingsIn(db),
    };
  });
}

/** The backup is proven. `history`: the file of the present one. @throws FailureError */
export function lookAtBackup(backup: string, history: string): BackupLook {
  proveBackup(backup);
  const kept = reading(backup, thingsIn);
  const counts = { runs: kept.runs.size, datasets: kept.datasets.size };
  const present = existsSync(history) ? tryTo(() => reading(history, thingsIn)) : undefined;
  if (!present) return counts;
  const runs = [...present.runs].filter(([id]) => !kept.runs.has(id));
  const datasets = [...present.datasets].filter(([id]) => !kept.datasets.has(id));
  const names = runs.slice(0, MOST_NAMES).map(([, name]) => name);
  return { ...counts, lost: { runs: runs.length, datasets: datasets.length, names } };
}

/** Undefined where there is none, or none that can be read. */
export function countsIn(history: string): { runs: number; datasets: number } | undefined {
  const things = existsSync(history) ? tryTo(() => reading(history, thingsIn)) : undefined;
  return things && { runs: things.runs.size, datasets: things.datasets.size };
}

/** Whether something was imported, trained or ended in it after that moment. */
export const isUsedSince = (history: string, moment: string): boolean =>
  reading(history, (db) => {
    const later = `SELECT 1 FROM runs WHERE started_at > @moment OR finished_at > @moment UNION ALL SELECT 1 FROM datasets WHERE created_at > @moment`;
    return db.get(`${later} LIMIT 1`, { moment }) !== undefined;
  });

function reading<T>(file: string, work: (db: Database) => T): T {
  const db = connect(file, { to: 'read' });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Names by id, of every format there was; the newest run first. */
function thingsIn(db: Database): { runs: Map<string, string>; datasets: Map<string, string> } {
  const named = (sql: string) => new Map(db.all<{ id: string; name: string }>(sql).map(({ id, name }) => [id, name]));
  return {
    runs: named('SELECT id, name FROM runs WHERE deleted_at IS NULL ORDER BY key DESC'),
    datasets: named('SELECT id, name FROM datasets WHERE deleted_at IS NULL'),
  };
}

function rowsOf(db: Database): Record<string, number> {
  const tables = db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);
  return Object.fromEntries(
    tables.map(({ name }) => [name, tryTo(() => db.get<{ rows: number }>(`SELECT count(*) AS rows FROM "${name}"`)?.rows) ?? -1]),
  );
}

/** Of data, classes, target columns, runs, tags and waiting runs, deleted ones too. */
function namesIn(db: Database): string[] {
  const texts = (sql: string) => db.all<{ text: string | null }>(sql).flatMap(({ text }) => (text === null ? [] : [text]));
  const each = (sql: string) => tryTo(() => texts(sql)) ?? [];
  return [
    ...each('SELECT name AS text FROM datasets'),
    ...each('SELECT DISTINCT target AS text FROM datasets'),
    ...each('SELECT DISTINCT atom AS text FROM datasets, json_tree(labels) WHERE atom IS NOT NULL'),
    ...each('SELECT name AS text FROM runs'),
    ...each('SELECT dataset_name AS text FROM runs'),
    ...each('SELECT DISTINCT atom AS text FROM runs, json_tree(tags) WHERE atom IS NOT NULL'),
    ...each("SELECT note AS text FROM runs WHERE note <> ''"),
    ...each('SELECT name AS text FROM queue'),
  ].map(String);
}

/** Of tables, with the categories in them: only their versions' own files tell. */
function columnsIn(db: Database, root: string): string[] {
  const folders = tryTo(() => db.all<{ folder: string }>("SELECT folder FROM datasets WHERE kind = 'table'")) ?? [];
  return folders.flatMap(({ folder }) => tryTo(() => columnsOf(path.join(fromStored(root, folder), 'manifest.json'))) ?? []);
}

function columnsOf(manifest: string): string[] {
  const { columns, columnsLeftOut } = JSON.parse(readFileSync(manifest, 'utf8')) as Pick<TableManifest, 'columns' | 'columnsLeftOut'>;
  return [...columns, ...columnsLeftOut].flatMap((column) => [column.name, ...('categories' in column ? column.categories : [])]);
}

function settingsIn(db: Database): Record<string, unknown> {
  const rows = tryTo(() => db.all<{ name: string; value: string }>('SELECT name, value FROM settings ORDER BY name')) ?? [];
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}

/** What one table cannot tell, another may. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
