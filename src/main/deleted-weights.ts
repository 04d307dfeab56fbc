// Takes deleted weights from the disk: at start, when nobody can bring them back any more. The history of their runs stays.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#store/database';
import { fromStored, type Folders } from '#store/location';
import { markWeightsRemoved, weightsToRemove } from '#store/run-weights';
import { CHECKPOINTS, isOwnFolder, MODEL_FILES } from './run-files';

export async function removeDeletedWeights(folders: Pick<Folders, 'root' | 'runs'>, db: Database): Promise<void> {
  for (const { id, folder } of weightsToRemove(db)) {
    if (!isOwnFolder(folders, folder)) continue;
    const place = fromStored(folders.root, folder);
    for (const name of [...MODEL_FILES, CHECKPOINTS]) await rm(path.join(place, name), { recursive: true, force: true, maxRetries: 5 });
    markWeightsRemoved(db, id);
  }
}
