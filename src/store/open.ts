// Opens the history: checks the file before touching it, then WAL, foreign keys and the migrations it lacks.
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import path from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import type { Database } from './database';
import { connect } from './driver';
import { migrate } from './migrate';
import { KNOWN_VERSION, MIGRATIONS } from './migrations/index';

export { DATABASE_NAME } from './location';

/**
 * The history in `file`, made if there is none.
 * Fails with newer-database, damaged-database, disk-full or no-permission; the file is then as it was.
 */
export function openStore(file: string): Database {
  let db: Database | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    checkHeader(file);
    db = connect(file);
    refuseNewer(file, Number(db.pragma('user_version')));
    db.exec('PRAGMA journal_mode = WAL');
    // A power cut may lose the last moments of a run, never the file; a flush for each reading would slow the training.
    db.exec('PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA foreign_keys = ON');
    migrate(db, MIGRATIONS);
    return db;
  } catch (error) {
    db?.close();
    throw new FailureError(storeFailure(error, file));
  }
}

/** Writes what the log holds into the file itself and closes it. */
export function closeStore(db: Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** A damaged history makes room for a new one; nothing is deleted. Returns where it lies now. */
export function setAside(file: string, now = new Date()): string {
  const aside = `${file}.damaged-${now.toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

/** Failures of SQLite in the words of ours. */
export function storeFailure(error: unknown, file: string) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { kind: 'damaged-database', path: file } as const;
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return { kind: 'no-permission', path: file } as const;
  return toFailure(error, file);
}

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const USER_VERSION_OFFSET = 60;

/** Reads the header by hand: opening a file with SQLite may already write beside it. */
function checkHeader(file: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  let length: number;
  try {
    const handle = openSync(file, 'r+');
    try {
      length = readSync(handle, header, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (length === 0) return;
  if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new FailureError({ kind: 'damaged-database', path: file });
  }
  refuseNewer(file, header.readUInt32BE(USER_VERSION_OFFSET));
}

function refuseNewer(file: string, found: number): void {
  if (found > KNOWN_VERSION) throw new FailureError({ kind: 'newer-database', path: file, found, known: KNOWN_VERSION });
}
