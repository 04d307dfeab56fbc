// A restored history deletes nothing by what it says of earlier: what the one that it replaces keeps lives on, and what that one has removed is gone in it, too.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKPOINTS } from '#shared/checkpoint-place';
import { IMPORTING } from '#shared/importing';
import type { Database } from './database';
import { hasDataset, markFreed, reviveVersion, unneededDatasets } from './datasets';
import { fromStored, isOwnFolder, type Folders } from './location';
import { isToRemove, markWeightsRemoved, restoreWeights, weightsToRemove } from './run-weights';
import { restoreRun } from './runs';

type Places = Pick<Folders, 'root' | 'runs' | 'datasets'>;

/** @param present the one that is replaced; absent where it cannot be read: then all that is still on the disk lives on */
export function keepAlive(db: Database, places: Places, present?: Database): void {
  db.transaction(() => {
    keepVersions(db, places, present);
    keepWeights(db, places, present);
  });
  if (present) endImports(db, places, present);
}

function keepVersions(db: Database, { root }: Places, present?: Database): void {
  const goes = new Set(present && unneededDatasets(present).map(({ summary }) => summary.id));
  const isThere = (folder: string) => existsSync(fromStored(root, folder));
  for (const { summary, folder } of unneededDatasets(db)) {
    if (!goes.has(summary.id) && isThere(folder)) reviveVersion(db, summary.id);
  }
  const freed = present?.all<{ id: string; folder: string }>('SELECT id, folder FROM datasets WHERE freed_at IS NOT NULL') ?? [];
  for (const { id, folder } of freed) if (hasDataset(db, id) && !isThere(folder)) markFreed(db, id);
}

function keepWeights(db: Database, places: Places, present?: Database): void {
  const goes = new Set(present && weightsToRemove(present).map(({ id }) => id));
  const isThere = (folder: string) =>
    ['model.json', CHECKPOINTS].some((name) => existsSync(path.join(fromStored(places.root, folder), name)));
  for (const { id, folder } of weightsToRemove(db)) {
    if (goes.has(id) || !isOwnFolder(places, folder) || !isThere(folder)) continue;
    restoreWeights(db, [id]);
    // Deleted itself.
    if (isToRemove(db, id)) restoreRun(db, id);
  }
  const removed = `SELECT id, folder FROM runs WHERE weights_deleted_at IS NOT NULL AND model_folder IS NULL AND checkpoint_folder IS NULL`;
  for (const { id, folder } of present?.all<{ id: string; folder: string }>(removed) ?? [])
    if (!isThere(folder)) markWeightsRemoved(db, id);
}

/** Of an import that is over something may lie yet: whoever does not know its version would take that for cut off. */
function endImports(db: Database, { datasets }: Places, present: Database): void {
  for (const { id } of present.all<{ id: string }>('SELECT id FROM datasets')) {
    if (!hasDataset(db, id)) rmSync(path.join(datasets, IMPORTING + id), { recursive: true, force: true });
  }
}
