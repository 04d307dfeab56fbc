// Looks at the free space before anything is fetched: a disk that fills up half-way costs the user the whole download.
import { lstat, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatBytes } from '#shared/bytes';
import { FailureError } from '#shared/failure';

/** Bytes free to this user on the disk that holds (or will hold) the folder. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
}

export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes) return;
  const problem = `The engine needs ${formatBytes(neededBytes)} on the disk that holds ${folder}, and ${formatBytes(free)} is free. Free some space, or set OVERBATCH_CACHE to a folder on a larger disk.`;
  throw new FailureError({ kind: 'engine-install', problem });
}

/** Of all files in a folder; 0 where there is none. */
export async function bytesBelow(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined); // Another process may be removing it.
  if (!found?.isDirectory()) return found?.isFile() ? found.size : 0;
  const inside = await Promise.all((await readdir(path)).map((name) => bytesBelow(join(path, name))));
  return inside.reduce((sum, bytes) => sum + bytes, 0);
}
