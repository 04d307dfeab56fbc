// A restore is asked for while the history is open, and done at the next start, before that is opened.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readBackupName } from '#shared/backup';
import { foldersIn, type Folders } from './location';
import { replacedPath, restoreBackup, type Restoring } from './restore';

const orderFile = (root: string): string => path.join(root, 'restore.json');

/** Answers how to withdraw it, and none that was given since. */
export function orderRestore(places: Pick<Folders, 'root' | 'database' | 'backups'>, name: string, now = new Date()): () => void {
  mkdirSync(places.root, { recursive: true });
  const file = orderFile(places.root);
  // Cut off, it goes on under the same name.
  const order = JSON.stringify({ backup: name, replaced: path.basename(replacedPath(places, now)) });
  writeFileSync(`${file}.unfinished`, order);
  renameSync(`${file}.unfinished`, file);
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === order) rmSync(file, { force: true });
  };
}

/** Answers the backup that was restored; undefined: nothing was ordered. @throws FailureError; the order is then withdrawn */
export function obeyOrder(root: string, patience: Pick<Restoring, 'patienceMs'> = {}): string | undefined {
  const file = orderFile(root);
  if (!existsSync(file)) return undefined;
  try {
    const { backup, replaced } = orderIn(readFileSync(file, 'utf8'));
    if (backup === undefined) return undefined;
    const places = foldersIn(root);
    restoreBackup(places, backup, { ...patience, ...(replaced !== undefined && { replaced: path.join(places.backups, replaced) }) });
    return backup;
  } finally {
    rmSync(file, { force: true });
  }
}

function orderIn(text: string): { backup?: string; replaced?: string } {
  try {
    const { backup, replaced } = JSON.parse(text) as Record<string, unknown>;
    const named = (name: unknown) => (typeof name === 'string' ? readBackupName(name)?.name : undefined);
    return { backup: named(backup), replaced: named(replaced) };
  } catch {
    return {};
  }
}
