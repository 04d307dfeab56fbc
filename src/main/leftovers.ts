// Removes what an import that was cut off left behind, and the folders of removed versions that no run needs any more.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#store/database';
import { markFreed, unneededDatasets } from '#store/datasets';
import { fromStored, type Folders } from '#store/location';
import { IMPORTING } from './make-version';

/** At start: from then on nobody can undo the removal. */
export async function removeLeftovers(folders: Pick<Folders, 'root' | 'datasets'>, db: Database): Promise<void> {
  const names = await readdir(folders.datasets).catch(() => []);
  const dead = names.filter((name) => name.startsWith(IMPORTING));
  await Promise.all(dead.map((name) => rm(path.join(folders.datasets, name), { recursive: true, force: true })));
  for (const { summary, folder } of unneededDatasets(db)) {
    await rm(fromStored(folders.root, folder), { recursive: true, force: true, maxRetries: 5 });
    markFreed(db, summary.id);
  }
}
