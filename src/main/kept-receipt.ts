// The receipt of a run in the history too, where it outlasts the run's folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Receipt } from '#shared/run-event';
import type { Database } from '#store/database';
import { fromStored } from '#store/location';
import { getRunRow, saveReceipt } from '#store/runs';
import type { Log } from './log';

export function keepReceipt({ db, dataFolder, log }: { db: Database; dataFolder: string; log: Log }, runId: string): void {
  try {
    const { model_folder: folder } = getRunRow(db, runId);
    if (folder === null) return;
    const text = readFileSync(path.join(fromStored(dataFolder, folder), 'receipt.json'), 'utf8');
    saveReceipt(db, runId, JSON.parse(text) as Receipt);
  } catch (error) {
    log.error('receipt', error);
  }
}
