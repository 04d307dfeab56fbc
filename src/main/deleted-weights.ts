// Takes deleted weights from the disk: after start, when nobody can bring them back any more. The history of their runs stays.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { CHECKPOINTS } from '#shared/checkpoint-place';
import { REMOVED } from '#shared/run-weights';
import type { Database } from '#store/database';
import { fromStored, isOwnFolder, type Folders } from '#store/location';
import { isToRemove, markWeightsRemoved, weightsToRemove } from '#store/run-weights';
import { MODEL_FILES } from './run-files';
import { whenFree } from './when-free';

/** One run that cannot be freed (a file is open elsewhere) is told of and waits for the next start; the others do not wait for it. */
export async function removeDeletedWeights(
  folders: Pick<Folders, 'root' | 'runs'>,
  db: Database,
  tell: (error: unknown) => void,
): Promise<void> {
  for (const { id, folder } of weightsToRemove(db)) {
    await turn();
    if (!isOwnFolder(folders, folder)) continue;
    try {
      const aside = path.join(folders.runs, `${REMOVED}${randomUUID()}`);
      await whenFree(() => putAside(db, { id, place: fromStored(folders.root, folder), aside }));
      await rm(aside, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      tell(error);
    }
  }
}

/** At once, so that nobody who brings the run back meanwhile finds a part of them: removing them takes its time. */
function putAside(db: Database, { id, place, aside }: { id: string; place: string; aside: string }): void {
  db.transaction(() => {
    if (!isToRemove(db, id)) return;
    markWeightsRemoved(db, id);
    const there = [CHECKPOINTS, ...MODEL_FILES].filter((name) => existsSync(path.join(place, name)));
    if (there.length > 0) mkdirSync(aside);
    for (const name of there) renameSync(path.join(place, name), path.join(aside, name));
  });
}
