// Puts a backup in the place of the history: proven first, and what was there is set aside, never deleted. Killed at any point, it goes on under the same names.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { backupName, readBackupName } from '#shared/backup';
import { FailureError } from '#shared/failure';
import { flush } from './backups';
import type { Database } from './database';
import { connect } from './driver';
import { keepAlive } from './keep-alive';
import type { Folders } from './location';
import { checkHeader, closeStore, headerFormat, openStore, setJournal, WITH_HISTORY } from './open';
import { KNOWN_VERSION } from './migrations/index';
import { storeFailure } from './store-failure';

type Places = Pick<Folders, 'root' | 'database' | 'backups' | 'runs' | 'datasets'>;

/** Reads every page of it. @throws FailureError dataset-missing, damaged-database, newer-database */
export function proveBackup(file: string): void {
  if (!existsSync(file)) throw new FailureError({ kind: 'bad-setting', problem: 'This backup is not there any more. Choose another one.' });
  try {
    checkHeader(file, 'r');
    const db = connect(file, { to: 'read' });
    try {
      const isWhole = db.pragma('integrity_check(1)') === 'ok' && db.get(`SELECT 1 FROM sqlite_schema WHERE name = 'runs'`) !== undefined;
      if (!isWhole) throw new FailureError({ kind: 'damaged-database', path: file });
    } finally {
      db.close();
    }
  } catch (error) {
    const failure = storeFailure(error, file);
    if (failure.kind !== 'damaged-database') throw new FailureError(failure);
    throw new FailureError({ kind: 'bad-setting', problem: 'This backup is damaged and was not restored. Choose another one.' });
  }
}

/** Where the present history goes, among the backups. Of one just made the log alone knows the format. */
export const replacedPath = ({ backups, database }: Pick<Places, 'backups' | 'database'>, at: Date): string =>
  path.join(backups, backupName({ at, why: 'replaced', format: headerFormat(database) || KNOWN_VERSION }));

/** A damaged history is put aside by the process that tried to open it, and may hold it yet. */
export function restoreDamaged(places: Places, name: string, aside: string): void {
  proveBackup(path.join(places.backups, name));
  prepare(places, name, places.database);
  moveAll(places.database, aside);
  renameSync(ready(places), places.database);
}

/** Others that have it open are waited for so long. */
const PATIENCE_MS = 2_000;

export interface Restoring {
  /** Where the present one goes; the same again goes on with what was cut off. */
  replaced?: string;
  patienceMs?: number;
}

/** @throws FailureError database-busy while another program has it open, which would go on writing to what was set aside */
export function restoreBackup(
  places: Places,
  name: string,
  { replaced = replacedPath(places, new Date()), patienceMs = PATIENCE_MS }: Restoring = {},
): void {
  const { database, backups } = places;
  const isSetAside = existsSync(replaced);
  // Cut off behind the last step.
  if (isSetAside && existsSync(database) && !existsSync(ready(places))) return;
  try {
    const backup = path.join(backups, name);
    if (readBackupName(name)?.why === 'replaced') fold(backup, patienceMs);
    proveBackup(backup);
    fold(database, patienceMs);
    prepare(places, name, isSetAside ? replaced : database);
    // Cut off before: another program may have begun a history since.
    moveAll(database, isSetAside && existsSync(database) ? replacedPath(places, new Date()) : replaced);
    renameSync(ready(places), database);
  } catch (error) {
    rmSync(ready(places), { force: true });
    // It does not come to that any more: what was there has its place again.
    if (!existsSync(database) || !existsSync(replaced)) moveAll(replaced, database);
    throw error;
  }
}

const ready = ({ database }: Pick<Places, 'database'>): string => `${database}.restoring`;

/** All that the restored one will be, beside the present one. */
function prepare(places: Places, name: string, present: string): void {
  const file = `${places.database}.preparing`;
  remove(file);
  copyFileSync(path.join(places.backups, name), file);
  const db = openStore(file);
  const replaced = readable(present);
  try {
    keepWhatLives(db, places, replaced);
  } finally {
    replaced?.close();
    closeStore(db);
  }
  // A driver may hold what it closed: the file that gets the place was never open here.
  copyFileSync(file, ready(places));
  flush(ready(places));
  remove(file);
}

function keepWhatLives(db: Database, places: Places, replaced: Database | undefined): void {
  try {
    keepAlive(db, places, replaced);
  } catch (error) {
    if (replaced === undefined) throw error;
    // Damaged, or of an older format: it cannot be asked.
    keepAlive(db, places);
  }
}

function readable(file: string): Database | undefined {
  try {
    return existsSync(file) ? connect(file, { to: 'read' }) : undefined;
  } catch {
    return undefined;
  }
}

function remove(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** The file itself last: what lies beside it belongs to that one alone. All or nothing. */
function moveAll(from: string, to: string): void {
  const moved: string[] = [];
  try {
    for (const suffix of [...WITH_HISTORY].reverse().filter((one) => existsSync(from + one) && !existsSync(to + one))) {
      renameSync(from + suffix, to + suffix);
      moved.push(suffix);
    }
  } catch (error) {
    for (const suffix of moved) renameSync(to + suffix, from + suffix);
    throw error;
  }
}

/** What its log holds goes into the file itself, which so can be moved alone, and nobody else has it open; one that cannot be read goes as it is. */
function fold(file: string, patienceMs: number): void {
  if (!existsSync(file)) return;
  let db: Database | undefined;
  try {
    db = connect(file, { busyMilliseconds: 100 });
    // SQLite gives up the log only where it is alone.
    setJournal(db, 'DELETE', patienceMs);
  } catch (error) {
    const failure = storeFailure(error, file);
    if (failure.kind === 'database-busy') throw new FailureError(failure);
    // Damaged: all of it is moved together.
  } finally {
    db?.close();
  }
}
