// Data sets that `data import` packed into folders of a person's own, found by name where people look first: here and a little below.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readManifest } from '#datasets/manifest';
import { FailureError } from '#shared/failure';

const DEPTH = 2;
/** Folders looked into: a whole disk is nobody's idea of near. */
const MOST_FOLDERS = 2_000;

/** The folder of the data set that is called so, or whose folder is. @throws FailureError bad-setting where there is none, or several */
export async function findNearby(name: string, here = process.cwd()): Promise<string> {
  const found: string[] = [];
  for (const folder of foldersBelow(here)) {
    const manifest = await readManifest(folder).catch(() => undefined);
    if (manifest && (basename(folder) === name || manifest.name === name)) found.push(folder);
  }
  const [only] = found;
  if (found.length === 1) return only;
  const problem =
    found.length === 0
      ? `No data set is called "${name}", neither of those that the app has imported nor of those in or below this folder. What "data import" packed elsewhere is shown by its folder: data show FOLDER.`
      : `Several data sets are called "${name}": ${found.join(', ')}. Say which folder.`;
  throw new FailureError({ kind: 'bad-setting', problem });
}

function foldersBelow(root: string): string[] {
  let level = [root];
  const all: string[] = [];
  for (let depth = 0; depth < DEPTH; depth++) {
    level = level.flatMap(foldersIn).slice(0, MOST_FOLDERS);
    all.push(...level);
  }
  return all;
}

/** One that may not be read holds nothing for us. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
