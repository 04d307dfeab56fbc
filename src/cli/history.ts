// --history: the run is written into the app's own history, as if it had been started there.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { dataFolder, foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { createRun, saveReceipt } from '#store/runs';
import { failureSentence, toFailure } from '#shared/failure';
import type { Receipt, RunEvent } from '#shared/run-event';
import type { RunRequest } from '#trainer/run-request';
import { readManifest } from '#datasets/manifest';

export interface History {
  record(event: RunEvent): void;
  close(): void;
}

/**
 * @param say hears, once, when the history can no longer be written: the run itself is worth more
 * @throws FailureError newer-database, disk-full, no-permission
 */
export async function openHistory({ spec, datasetFolder, outFolder }: RunRequest, say: (sentence: string) => void): Promise<History> {
  const { name: datasetName } = await readManifest(datasetFolder);
  const { database } = foldersIn(dataFolder());
  const db = openStore(database);
  const id = randomUUID();
  createRun(db, { id, spec, folder: outFolder, datasetName });
  let isWritten = true;

  const write = (event: RunEvent): void => {
    recordRunEvent(db, id, event);
    if (event.kind === 'saved') saveReceipt(db, id, JSON.parse(readFileSync(join(event.folder, 'receipt.json'), 'utf8')) as Receipt);
  };
  return {
    record(event) {
      if (!isWritten) return;
      try {
        write(event);
      } catch (error) {
        isWritten = false;
        say(
          `The app's history no longer follows this run; its folder still holds everything. ${failureSentence(toFailure(error, database))}`,
        );
      }
    },
    close: () => closeStore(db),
  };
}
