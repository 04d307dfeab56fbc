// The files below a folder, in the order of their names, without following anything that leads out of it.
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileProblem } from '#shared/dataset';
import { throwIfCancelled } from './watch';

export type Found = { kind: 'file'; file: string; bytes: number } | { kind: 'problem'; problem: FileProblem };

/** What systems leave in folders without being asked: never shown, never counted. */
const SYSTEM_NAMES = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', 'icon\r', '$recycle.bin']);
const isHidden = (name: string): boolean => name.startsWith('.') || SYSTEM_NAMES.has(name.toLowerCase());

/** UTF-16 code unit order: the same on every machine and in every language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const STAT_AT_ONCE = 64;

/** Entries of one folder that are not hidden, by name. */
export async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !isHidden(name)).sort((a, b) => byText(a.name, b.name));
}

/** Files named relative to `root` with forward slashes. `root` must be a real path. */
export async function* walk(root: string, folder: string, signal?: AbortSignal): AsyncGenerator<Found> {
  let entries: Dirent[];
  try {
    entries = await entriesOf(join(root, folder));
  } catch {
    yield problem(folder, 'unreadable', 'This folder may not be opened. Change its permissions, or leave it out.');
    return;
  }
  for (let start = 0; start < entries.length; start += STAT_AT_ONCE) {
    throwIfCancelled(signal);
    const slice = entries.slice(start, start + STAT_AT_ONCE);
    const found = await Promise.all(slice.map((entry) => look(root, folder ? `${folder}/${entry.name}` : entry.name, entry)));
    for (const [i, one] of found.entries()) {
      if (one) yield one;
      else yield* walk(root, folder ? `${folder}/${slice[i].name}` : slice[i].name, signal);
    }
  }
}

/** Undefined for a folder to descend into. */
async function look(root: string, file: string, entry: Dirent): Promise<Found | undefined> {
  if (entry.isDirectory()) return undefined;
  if (entry.isSymbolicLink()) return lookThroughLink(root, file);
  if (!entry.isFile()) {
    return problem(file, 'not-a-picture', 'This is no file but a device, pipe or socket. Remove it from the folder; it is left out.');
  }
  try {
    return { kind: 'file', file, bytes: (await lstat(join(root, file))).size };
  } catch {
    return unreadable(file);
  }
}

/** What a symbolic link stands for. */
export async function lookThroughLink(root: string, file: string): Promise<Found> {
  try {
    const path = join(root, file);
    const target = relative(root, await realpath(path));
    if (target === '..' || target.startsWith(`..${sep}`)) {
      return problem(file, 'outside-folder', 'This link leads out of the folder. Put a copy of the picture in its place, or leave it out.');
    }
    const behind = await stat(path);
    if (behind.isFile()) return { kind: 'file', file, bytes: behind.size };
    return problem(
      file,
      'duplicate',
      'This link leads to another folder of the same data, whose pictures would count twice. It is left out.',
    );
  } catch {
    return problem(file, 'unreadable', 'This link leads nowhere. Remove it, or put the picture in its place.');
  }
}

function unreadable(file: string): Found {
  return file.includes('\uFFFD')
    ? problem(file, 'unreadable', 'The name of this file is not valid text (UTF-8). Rename it, or leave it out.')
    : problem(file, 'unreadable', 'This file may not be opened. Change its permissions, or leave it out.');
}

const problem = (file: string, kind: FileProblem['kind'], message: string): Found => ({
  kind: 'problem',
  problem: { file, kind, message, severity: 'error' },
});
