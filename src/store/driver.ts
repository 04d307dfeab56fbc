// Which SQLite package runs here: better-sqlite3 where its binary can be loaded, libsql elsewhere.
import { createRequire } from 'node:module';
import type { Database, NativeDatabase } from './database';
import { wrap } from './database';

/** better-sqlite3 13 is built for this Node-API; an older Node aborts on require, without an exception to catch. */
const BETTER_SQLITE3_NAPI = 10;

/** Another process may hold the write lock this long before we give up, where nobody says otherwise. */
export const BUSY_MILLISECONDS = 10_000;

type Driver = new (path: string, options: { timeout: number; readonly: boolean }) => NativeDatabase;

export interface Connecting {
  to?: 'write' | 'read';
  busyMilliseconds?: number;
}

export function connect(path: string, { to = 'write', busyMilliseconds = BUSY_MILLISECONDS }: Connecting = {}): Database {
  const name = Number(process.versions.napi) >= BETTER_SQLITE3_NAPI ? 'better-sqlite3' : 'libsql';
  const require = createRequire(import.meta.url);
  const Driver = require(name) as Driver;
  const db = wrap(path, name, new Driver(path, { timeout: busyMilliseconds, readonly: to === 'read' }));
  // libsql knows no connection that only reads.
  if (to === 'read') db.exec('PRAGMA query_only = ON');
  return db;
}
