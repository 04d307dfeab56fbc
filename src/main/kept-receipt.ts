// The receipt of a run in the history too, where it outlasts the run's folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Receipt } from '#shared/run-event';
import type { Database } from '#store/database';
import { fromStored } from '#store/location';
import { getRunRow, saveReceipt } from '#store/runs';
import type { Log } from './log';

export interface ReceiptServices {
  db: Database;
  dataFolder: string;
  log: Log;
}

/** One that cannot be read is none. @throws FailureError where the history does not take it */
export function keepReceipt({ db, dataFolder, log }: ReceiptServices, runId: string): void {
  const { model_folder: folder } = getRunRow(db, runId);
  if (folder === null) return;
  let receipt: Receipt;
  try {
    receipt = JSON.parse(readFileSync(path.join(fromStored(dataFolder, folder), 'receipt.json'), 'utf8')) as Receipt;
  } catch (error) {
    log.error('receipt', error);
    return;
  }
  saveReceipt(db, runId, receipt);
}
