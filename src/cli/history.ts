// --history: the run is written into the app's own history, as if it had been started there.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { dataFolder, foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { createRun, saveReceipt } from '#store/runs';
import type { Receipt, RunEvent } from '#shared/run-event';
import type { RunRequest } from '#trainer/execute-run';
import { openDataset } from '#datasets/packed-dataset';

export interface History {
  record(event: RunEvent): void;
  close(): void;
}

/** @throws FailureError newer-database, disk-full, no-permission */
export async function openHistory({ spec, datasetFolder, outFolder }: RunRequest): Promise<History> {
  const dataset = await openDataset(datasetFolder);
  const datasetName = dataset.manifest.name;
  dataset.close();
  const db = openStore(foldersIn(dataFolder()).database);
  const id = randomUUID();
  createRun(db, { id, spec, folder: outFolder, datasetName });
  return {
    record(event) {
      recordRunEvent(db, id, event);
      if (event.kind === 'saved') saveReceipt(db, id, JSON.parse(readFileSync(join(event.folder, 'receipt.json'), 'utf8')) as Receipt);
    },
    close: () => closeStore(db),
  };
}
