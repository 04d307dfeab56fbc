// Looks at the free space before anything is fetched: a disk that fills up half-way costs the user the whole download.
import { statfsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '#shared/bytes';
import { lackOfRoom, roomAt } from '#shared/disk-room';
import { FailureError } from '#shared/failure';

export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  if (!lackOfRoom({ what: 'run', path: folder, neededBytes }, statfsSync)) return;
  const { freeBytes = 0 } = roomAt(folder, statfsSync) ?? {};
  const problem = `The engine needs ${formatBytes(neededBytes)} and a little more on the disk that holds ${folder}, and ${formatBytes(freeBytes)} is free. Free some space, or set OVERBATCH_CACHE to a folder on a larger disk.`;
  throw new FailureError({ kind: 'engine-install', problem });
}

/** Of all files in a folder; 0 where there is none. */
export async function bytesBelow(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined); // Another process may be removing it.
  if (!found?.isDirectory()) return found?.isFile() ? found.size : 0;
  const inside = await Promise.all((await readdir(path)).map((name) => bytesBelow(join(path, name))));
  return inside.reduce((sum, bytes) => sum + bytes, 0);
}
