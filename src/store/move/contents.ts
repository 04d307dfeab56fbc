// All that moves with the data: what Overbatch keeps in a data folder, and nothing else that lies there.
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_NAME } from '../data-pointer';

const FOLDERS = ['datasets', 'runs', 'models', 'backups'];
/** They go together, as one file. */
const HISTORY = [DATABASE_NAME, `${DATABASE_NAME}-wal`, `${DATABASE_NAME}-shm`];

/** @param name of an entry of the data folder itself */
export const isData = (name: string): boolean => FOLDERS.includes(name) || name.startsWith(DATABASE_NAME);

export interface Item {
  kind: 'folder' | 'file' | 'link';
  /** From the data folder, with the system's separators. */
  name: string;
  bytes: number;
  mtimeMs: number;
  /** Of a file that has other names, too; they share its bytes. */
  inode?: string;
  /** Of a link. */
  target?: string;
}

/** Every folder before what lies in it; without the history itself. */
export function contentsOf(root: string): Item[] {
  const items: Item[] = [];
  const visit = (name: string) => {
    const place = path.join(root, name);
    const found = lstatSync(place, { throwIfNoEntry: false });
    // Gone since its folder was read.
    if (!found) return;
    const item = { name, bytes: 0, mtimeMs: found.mtimeMs };
    if (found.isDirectory()) {
      items.push({ ...item, kind: 'folder' });
      for (const inner of readdirSync(place)) visit(path.join(name, inner));
    } else if (found.isSymbolicLink()) items.push({ ...item, kind: 'link', target: readlinkSync(place) });
    else if (found.isFile())
      items.push({ ...item, kind: 'file', bytes: found.size, ...(found.nlink > 1 && { inode: `${found.dev}:${found.ino}` }) });
  };
  for (const name of readdirSync(root)) if (isData(name) && !HISTORY.includes(name)) visit(name);
  return items;
}

/** Bytes that several names share count once. */
export function bytesOf(items: readonly Item[]): number {
  const seen = new Set<string>();
  return items.reduce((sum, { bytes, inode }) => {
    if (inode !== undefined && seen.has(inode)) return sum;
    if (inode !== undefined) seen.add(inode);
    return sum + bytes;
  }, 0);
}

/** Of the history, with what its log holds. */
export const historyBytes = (root: string): number =>
  HISTORY.reduce((sum, name) => sum + (lstatSync(path.join(root, name), { throwIfNoEntry: false })?.size ?? 0), 0);
