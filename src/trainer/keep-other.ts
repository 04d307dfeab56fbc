// The other model of a run that has ended, of its best epoch or of its last step, takes the place of the one that was saved, which stays beside it.
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { modelOf } from './chosen-model';
import { readKept, writeKept } from './kept-weights';
import { readReceipt } from './receipt';
import { loadModel, saveModel } from './saved-model';

/** @throws FailureError bad-setting where there is no other, or it is damaged: the saved one stays */
export function keepOther(folder: string): Receipt {
  const { final, other, model, testScoresBefore = 0, ...receipt } = readReceipt(folder);
  if (!other || !model) throw bad('This run has no other model beside the saved one.');
  const { network, weights: saved, metadata, sha256 } = loadModel(folder);
  const weights = readKept([folder], other, network);
  if (!weights) throw bad('The other model of this run is gone or damaged. The saved one stays.');
  // Cut off below, it lies there already.
  if (sha256 === receipt.weights) writeKept(folder, model, saved);
  // A test part is scored with one of the two; looked at once, it may have been what the other was chosen by.
  const scores = testScoresBefore + Number(final.test !== undefined) - Number(other.final.test !== undefined);
  const next: Receipt = {
    ...receipt,
    model: modelOf(other),
    other: { ...modelOf(model), final },
    final: other.final,
    ...(scores > 0 && { testScoresBefore: scores }),
  };
  const text = (sum: string): string => JSON.stringify({ ...next, weights: sum }, null, 2);
  return { ...next, weights: saveModel(folder, receipt.spec.model, network, weights, metadata, text) };
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
