// A checkpoint that was written as the app was killed, before the history heard of it: the run goes on from there all the same. Its folder took
// its name when all of it was written; whether it still is whole the training process sees, and says so.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CHECKPOINTS, checkpointName, checkpointStep } from '#shared/checkpoint-place';
import type { Database } from '#store/database';
import { withoutCheckpoint } from '#store/interrupted';
import { fromStored, toStored } from '#store/location';
import { recordRunEvent } from '#store/run-events';

/** Of runs that were interrupted; answers how many. */
export function hearOfCheckpoints(db: Database, dataFolder: string): number {
  const heard = withoutCheckpoint(db).filter(({ id, folder }) => {
    const place = path.join(fromStored(dataFolder, folder), CHECKPOINTS);
    const step = newestStep(place);
    if (step === undefined) return false;
    const checkpoint = toStored(dataFolder, path.join(place, checkpointName(step)));
    recordRunEvent(db, id, { kind: 'checkpoint', step, folder: checkpoint });
    return true;
  });
  return heard.length;
}

function newestStep(place: string): number | undefined {
  try {
    const steps = readdirSync(place).flatMap((name) => checkpointStep(name) ?? []);
    return steps.length > 0 ? Math.max(...steps) : undefined;
  } catch {
    return undefined;
  }
}
