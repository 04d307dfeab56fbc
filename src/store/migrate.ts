// Brings a database to the newest format: each migration in its own transaction, a backup before the first.
import path from 'node:path';
import { backUp } from './backups';
import type { Database } from './database';
import { foldersIn } from './location';

export interface Migration {
  version: number;
  sql: string;
}

/** Two processes may come here at once: each asks again for the version once it holds the write lock. */
export function migrate(db: Database, migrations: Migration[]): void {
  const found = version(db);
  const missing = migrations.filter((migration) => migration.version > found);
  if (missing.length === 0) return;
  if (found > 0) backUp(db, foldersIn(path.dirname(db.path)).backups, 'update');
  for (const migration of missing) {
    db.transaction(() => {
      if (version(db) >= migration.version) return;
      db.exec(migration.sql);
      db.exec(`PRAGMA user_version = ${migration.version}`);
    });
  }
}

const version = (db: Database): number => Number(db.pragma('user_version'));
