// A finished run as it lies in its folder: its model, the receipt that is of this model, and the weights by which both are known.
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { readReceipt } from '../receipt';
import { loadModel, type SavedModel } from '../saved-model';

export interface Finished {
  receipt: Receipt;
  model: SavedModel;
}

/** @throws FailureError bad-model */
export function openFinished(runFolder: string): Finished {
  const model = loadModel(runFolder);
  const receipt = readReceipt(runFolder);
  // A receipt of before does not say.
  if (receipt.weights !== undefined && receipt.weights !== model.sha256) {
    const problem =
      'its weights are not those that its receipt is of: it is being saved, or that was interrupted. Wait until the run has ended, or resume it.';
    throw new FailureError({ kind: 'bad-model', path: runFolder, problem });
  }
  return { receipt, model };
}
