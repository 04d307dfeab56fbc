// The history's file in another folder, by SQLite itself, opened there once and held against the one it is of.
import { renameSync, rmSync } from 'node:fs';
import { FailureError } from '#shared/failure';
import { flush } from '../backups';
import type { Database } from '../database';
import { connect } from '../driver';
import { closeStore, openStore } from '../open';

/** @param locked holds the lock, so that nobody writes until the copy is in force @param target nothing of it stays where this fails */
export function copyHistory(locked: Database, target: string): void {
  const beside = `${target}.moving`;
  for (const file of [beside, target, `${target}-wal`, `${target}-shm`]) rmSync(file, { force: true });
  // Not by the connection that holds the lock: it stands in a transaction.
  const reading = connect(locked.path);
  try {
    reading.exec(`VACUUM INTO '${beside.replaceAll("'", "''")}'`);
    flush(beside);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    reading.close();
  }
  renameSync(beside, target);
  const db = openStore(target);
  try {
    const isSame = db.pragma('integrity_check(1)') === 'ok' && JSON.stringify(rowsOf(db)) === JSON.stringify(rowsOf(locked));
    if (!isSame)
      throw new FailureError({
        kind: 'bad-setting',
        problem: `The history did not arrive whole in ${target}. Nothing was changed; try again.`,
      });
  } finally {
    closeStore(db);
  }
}

/** How many rows each table has. */
function rowsOf(db: Database): [string, number][] {
  const tables = db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  return tables.map(({ name }) => [name, db.get<{ rows: number }>(`SELECT count(*) AS rows FROM "${name}"`)!.rows]);
}
