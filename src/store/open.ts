// Opens the history: checks the file before touching it, then WAL, foreign keys and the migrations it lacks.
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import type { Database } from './database';
import { BUSY_MILLISECONDS, connect, type Connecting } from './driver';
import { foldersIn } from './location';
import { migrate } from './migrate';
import { KNOWN_VERSION, MIGRATIONS } from './migrations/index';
import { storeFailure } from './store-failure';

export { DATABASE_NAME } from './location';

/**
 * The history in `file`, made if there is none.
 * `busyMilliseconds`: how long each access waits for another process, and all of this one with it.
 * Fails with newer-database, damaged-database, database-busy, disk-full or no-permission; the file is then as it was.
 */
export function openStore(file: string, connecting: Pick<Connecting, 'busyMilliseconds'> = {}): Database {
  let db: Database | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    checkHeader(file);
    db = connect(file, connecting);
    refuseNewer(file, Number(db.pragma('user_version')));
    checkPages(db, file);
    setJournal(db, 'WAL', connecting.busyMilliseconds);
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

const PAUSE_MS = 5;

/** Of processes that make a history at the same moment, SQLite tells one at once that it is locked, lest both wait for each other. */
export function setJournal(db: Database, mode: 'WAL' | 'DELETE', mostMilliseconds = BUSY_MILLISECONDS): void {
  const until = performance.now() + mostMilliseconds;
  for (;;) {
    try {
      return db.exec(`PRAGMA journal_mode = ${mode}`);
    } catch (error) {
      if (storeFailure(error, db.path).kind !== 'database-busy' || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/** Writes what the log holds into the file itself and closes it; while another process holds that, it stays in the log. */
export function closeStore(db: Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (storeFailure(error, db.path).kind !== 'database-busy') throw error;
  } finally {
    db.close();
  }
}

/** What lies beside the file of a history and belongs to it. */
export const WITH_HISTORY = ['', '-wal', '-shm', '.unwritten'] as const;

/** A damaged history makes room for a new one, with what it could not be told; nothing is deleted. Returns where it lies now. */
export function setAside(file: string, now = new Date()): string {
  const aside = damagedName(file, now);
  for (const suffix of WITH_HISTORY) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

/** Where a damaged history goes. */
export const damagedName = (file: string, now = new Date()): string => `${file}.damaged-${now.toISOString().replaceAll(':', '-')}`;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const USER_VERSION_OFFSET = 60;

/** Reads the header by hand: opening a file with SQLite may already write beside it. */
export function checkHeader(file: string, access: 'r' | 'r+' = 'r+'): void {
  const header = readHeader(file, access);
  if (!header) return;
  const { length } = header;
  // Empty, as a full disk or a power cut leaves it: what lies beside it would be in no list any more.
  if (length === 0 && !hasWorkBeside(file)) return;
  const format = formatIn(header);
  if (format === undefined) throw new FailureError({ kind: 'damaged-database', path: file });
  refuseNewer(file, format);
}

/** As its file says, whatever its log holds; undefined where there is none or it is none. */
export function headerFormat(file: string): number | undefined {
  const header = readHeader(file, 'r');
  return header && formatIn(header);
}

function formatIn(header: Buffer): number | undefined {
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  return header.readUInt32BE(USER_VERSION_OFFSET);
}

/** As much of it as there is; undefined where there is no file. */
function readHeader(file: string, access: 'r' | 'r+'): Buffer | undefined {
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const handle = openSync(file, access);
    try {
      return header.subarray(0, readSync(handle, header, 0, HEADER_BYTES, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function hasWorkBeside(file: string): boolean {
  const { datasets, models, runs } = foldersIn(path.dirname(file));
  return [datasets, models, runs].some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/** A larger history is found damaged where it is read: checking 48 MB takes 0.15 s, and the window waits for it. */
const MOST_CHECKED_BYTES = 64e6;

function checkPages(db: Database, file: string): void {
  if (statSync(file).size > MOST_CHECKED_BYTES) return;
  if (db.pragma('quick_check(1)') !== 'ok') throw new FailureError({ kind: 'damaged-database', path: file });
}

function refuseNewer(file: string, found: number): void {
  if (found > KNOWN_VERSION) throw new FailureError({ kind: 'newer-database', path: file, found, known: KNOWN_VERSION });
}
