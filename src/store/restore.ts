// Puts a backup in the place of the history: proven first, and what was there is set aside, never deleted. Killed at any point, it is done again.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { backupName, readBackupName } from '#shared/backup';
import { FailureError } from '#shared/failure';
import { flush } from './backups';
import { connect } from './driver';
import { foldersIn, type Folders } from './location';
import { checkHeader, closeStore, headerFormat, WITH_HISTORY } from './open';
import { storeFailure } from './store-failure';

type Places = Pick<Folders, 'root' | 'database' | 'backups'>;

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

/** The history is not open anywhere. `aside`: where the present one goes; absent: among the backups. */
export function restoreBackup(places: Places, name: string, { aside, now = new Date() }: { aside?: string; now?: Date } = {}): void {
  const backup = path.join(places.backups, name);
  if (readBackupName(name)?.why === 'replaced') fold(backup);
  proveBackup(backup);
  fold(places.database);
  const ready = `${places.database}.restoring`;
  copyFileSync(backup, ready);
  flush(ready);
  const replaced = aside ?? path.join(places.backups, backupName({ at: now, why: 'replaced', format: headerFormat(places.database) ?? 0 }));
  // The file itself last: what lies beside it belongs to that one alone.
  for (const suffix of [...WITH_HISTORY].reverse()) {
    if (existsSync(places.database + suffix)) renameSync(places.database + suffix, replaced + suffix);
  }
  renameSync(ready, places.database);
}

/** What its log holds goes into the file itself, which so can be moved alone; one that cannot be read goes as it is. */
function fold(file: string): void {
  if (!existsSync(file)) return;
  try {
    closeStore(connect(file, { busyMilliseconds: 1_000 }));
  } catch {
    // Damaged, or held by another program: all of it is moved together.
  }
}

const orderFile = (root: string): string => path.join(root, 'restore.json');

/** For the next start: the history is open now. */
export function orderRestore({ root }: Pick<Folders, 'root'>, name: string): void {
  mkdirSync(root, { recursive: true });
  const file = orderFile(root);
  writeFileSync(`${file}.unfinished`, JSON.stringify({ backup: name }));
  renameSync(`${file}.unfinished`, file);
}

export function withdrawOrder({ root }: Pick<Folders, 'root'>): void {
  rmSync(orderFile(root), { force: true });
}

/** Before the history is opened. Answers the backup that was restored; undefined: nothing was ordered. @throws FailureError; the order is then withdrawn */
export function obeyOrder(root: string): string | undefined {
  const file = orderFile(root);
  if (!existsSync(file)) return undefined;
  try {
    const name = orderedName(readFileSync(file, 'utf8'));
    if (name === undefined) return undefined;
    restoreBackup(foldersIn(root), name);
    return name;
  } finally {
    rmSync(file, { force: true });
  }
}

function orderedName(text: string): string | undefined {
  try {
    const { backup } = JSON.parse(text) as { backup?: unknown };
    return typeof backup === 'string' ? readBackupName(backup)?.name : undefined;
  } catch {
    return undefined;
  }
}
