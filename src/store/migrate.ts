// Brings a database to the newest format: each migration in its own transaction, a backup before the first.
import { renameSync, rmSync } from 'node:fs';
import type { Database } from './database';

export interface Migration {
  version: number;
  sql: string;
}

/** Two processes may come here at once: each asks again for the version once it holds the write lock. */
export function migrate(db: Database, migrations: Migration[]): void {
  const found = version(db);
  const missing = migrations.filter((migration) => migration.version > found);
  if (missing.length === 0) return;
  if (found > 0) backup(db, found);
  for (const migration of missing) {
    db.transaction(() => {
      if (version(db) >= migration.version) return;
      db.exec(migration.sql);
      db.exec(`PRAGMA user_version = ${migration.version}`);
    });
  }
}

const version = (db: Database): number => Number(db.pragma('user_version'));

/** The file as it was in format `found`, beside it; whole or not at all. */
function backup(db: Database, found: number): void {
  const target = `${db.path}.format-${found}.backup`;
  const partial = `${target}.${process.pid}.partial`;
  rmSync(partial, { force: true });
  try {
    // By exec: it stands in no transaction, and run makes one.
    db.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
}
