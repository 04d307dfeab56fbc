// Removes what an import that was cut off left behind, and the folders of removed versions that no run needs any more.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#store/database';
import { hasDataset, markFreed, unneededDatasets } from '#store/datasets';
import { fromStored, type Folders } from '#store/location';
import { IMPORTING } from './make-version';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** At start: from then on nobody can undo the removal. */
export async function removeLeftovers(folders: Pick<Folders, 'root' | 'datasets'>, db: Database): Promise<void> {
  const names = await readdir(folders.datasets).catch(() => []);
  const dead = names.filter((name) => name.startsWith(IMPORTING));
  for (const name of dead) {
    // Cut off between the last two steps: the version is in its place, and the history does not know it.
    const id = name.slice(IMPORTING.length);
    const placed = ID.test(id) && !hasDataset(db, id) ? [path.join(folders.datasets, id)] : [];
    for (const folder of [...placed, path.join(folders.datasets, name)]) await rm(folder, { recursive: true, force: true });
  }
  for (const { summary, folder } of unneededDatasets(db)) {
    await rm(fromStored(folders.root, folder), { recursive: true, force: true, maxRetries: 5 });
    markFreed(db, summary.id);
  }
}
