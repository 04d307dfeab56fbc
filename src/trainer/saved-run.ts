// A finished run's model with the receipt that is of it. The other model of the run may take its place while both are read: then they are read again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { readReceipt } from './receipt';
import { loadModel, type SavedModel } from './saved-model';

export interface SavedRun {
  model: SavedModel;
  /** Absent where there is none. */
  receipt?: Receipt;
}

const MOST_TRIES = 10;
const BETWEEN_TRIES_MILLISECONDS = 50;

/** @throws FailureError bad-model */
export async function readSavedRun(folder: string): Promise<SavedRun> {
  for (let tries = 1; ; tries++) {
    const model = loadModel(folder);
    const receipt = receiptIn(folder);
    // A receipt of before does not say.
    if (receipt?.weights === undefined || receipt.weights === model.sha256) return { model, receipt };
    if (tries === MOST_TRIES) throw new FailureError({ kind: 'bad-model', path: folder, problem: OTHERS });
    await wait(BETWEEN_TRIES_MILLISECONDS);
  }
}

const OTHERS =
  'its weights are not those that its receipt is of: it is being saved, or that was interrupted. Wait until the run has ended; otherwise resume it, or choose again on History which of its models is kept.';

/** Undefined where there is none. */
export const receiptIn = (folder: string): Receipt | undefined =>
  existsSync(join(folder, 'receipt.json')) ? readReceipt(folder) : undefined;
