// A finished run as it lies in its folder: its model, the receipt that is of this model, and the weights by which both are known.
import type { Receipt } from '#shared/run-event';
import { readReceipt } from '../receipt';
import { readSavedRun } from '../saved-run';
import type { SavedModel } from '../saved-model';

export interface Finished {
  receipt: Receipt;
  model: SavedModel;
}

/** @throws FailureError bad-model, where it has no receipt too */
export async function openFinished(runFolder: string): Promise<Finished> {
  const { model, receipt = readReceipt(runFolder) } = await readSavedRun(runFolder);
  return { receipt, model };
}
