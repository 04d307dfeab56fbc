// Removes what an import that was cut off left behind; finished versions are never touched.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { IMPORTING } from './questions/datasets';

export async function removeLeftovers(datasetsFolder: string): Promise<void> {
  const names = await readdir(datasetsFolder).catch(() => []);
  const dead = names.filter((name) => name.startsWith(IMPORTING));
  await Promise.all(dead.map((name) => rm(path.join(datasetsFolder, name), { recursive: true, force: true })));
}
