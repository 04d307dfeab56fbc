// Backups of the history: whole files of their own in one folder, named by date, format and reason; the last few are kept.
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { backupName, readBackupName, type Backup, type BackupReason } from '#shared/backup';
import type { Database } from './database';

/** One that was replaced by another is the person's to delete. */
const KEPT: Record<Exclude<BackupReason, 'replaced'>, number> = { daily: 5, update: 3, asked: 5 };
const PARTIAL = '.partial';

/** Whole or not at all; another connection may write meanwhile. */
export function backUp(db: Database, folder: string, why: BackupReason, at = new Date()): Backup {
  mkdirSync(folder, { recursive: true });
  const format = Number(db.pragma('user_version'));
  const name = backupName({ at, why, format });
  const target = path.join(folder, name);
  const partial = `${target}.${process.pid}${PARTIAL}`;
  try {
    // By exec: it stands in no transaction, and run makes one.
    db.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
    flush(partial);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
  prune(folder, at);
  return { name, at: at.toISOString(), why, format, bytes: statSync(target).size };
}

/** The newest first; none where there is no folder. */
export function listBackups(folder: string): Backup[] {
  const found = namesIn(folder).flatMap((name) => {
    const told = readBackupName(name);
    const bytes = told && statSync(path.join(folder, name), { throwIfNoEntry: false })?.size;
    return told && bytes !== undefined ? [{ ...told, bytes }] : [];
  });
  return found.sort((a, b) => b.at.localeCompare(a.at));
}

/** What was written stands on the disk. */
export function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What is named in the future was made by a clock that went wrong: it pushes out none, and waits until its time has come. */
function prune(folder: string, now: Date): void {
  const all = listBackups(folder).filter(({ at }) => Date.parse(at) <= now.getTime());
  for (const [why, kept] of Object.entries(KEPT)) {
    for (const { name } of all.filter((backup) => backup.why === why).slice(kept)) rmSync(path.join(folder, name), { force: true });
  }
  // Of a process that was killed while it wrote one.
  for (const name of namesIn(folder).filter((one) => one.endsWith(PARTIAL))) {
    const file = path.join(folder, name);
    if (now.getTime() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > DAY_MS) rmSync(file, { force: true });
  }
}

const DAY_MS = 24 * 3_600_000;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
