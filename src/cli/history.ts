// --history: the run is written into the app's own history, as if it had been started there.
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { closeStore, DATABASE_NAME, openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { createRun, saveReceipt } from '#store/runs';
import type { Receipt, RunEvent } from '#shared/run-event';
import type { RunRequest } from '#trainer/execute-run';
import { openDataset } from '#datasets/packed-dataset';

export interface History {
  record(event: RunEvent): void;
  close(): void;
}

/** The app's data folder, where Electron puts it. */
export function appDataFolder(): string {
  if (process.env.OVERBATCH_DATA) return process.env.OVERBATCH_DATA;
  switch (process.platform) {
    case 'win32':
      return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Overbatch');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Overbatch');
    default:
      return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Overbatch');
  }
}

/** @throws FailureError newer-database, disk-full, no-permission */
export async function openHistory({ spec, datasetFolder, outFolder }: RunRequest): Promise<History> {
  const dataset = await openDataset(datasetFolder);
  const datasetName = dataset.manifest.name;
  dataset.close();
  const db = openStore(join(appDataFolder(), DATABASE_NAME));
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
