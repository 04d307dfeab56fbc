// A finished run as its folder tells of it, in the shape in which the history knows runs: without its events, which only that has.
import { basename } from 'node:path';
import type { RunDetail } from '#shared/run-record';
import { sortOfFacts } from '#shared/data-sort';
import { ENGINE_LABELS } from '#shared/engine';
import { mainScores } from '#shared/metric-words';
import { readReceipt } from '#trainer/receipt';

/** @throws FailureError bad-model where it is none */
export function runFromFolder(folder: string): RunDetail {
  const receipt = readReceipt(folder);
  const { spec, plan, engine, dataset, final, done } = receipt;
  const scores = mainScores(final.validation?.scores);
  return {
    id: basename(folder),
    name: basename(folder),
    state: receipt.reason,
    spec,
    plan,
    receipt,
    datasetId: '',
    datasetName: dataset.name,
    dataHash: dataset.contentHash,
    sort: sortOfFacts(dataset),
    startedAt: receipt.startedAt,
    finishedAt: receipt.finishedAt,
    engine: ENGINE_LABELS[engine.name],
    ranOn: engine,
    micro: plan.micro,
    peakBytes: receipt.peakBytes,
    seconds: receipt.seconds,
    // Of a receipt of an older version, what it was meant to be.
    epochsDone: done?.epochs ?? spec.epochs,
    ...(receipt.model && { keptModel: receipt.model }),
    ...(receipt.endedEarly && { endedEarly: receipt.endedEarly }),
    trainLoss: final.train.loss,
    validationLoss: final.validation?.loss,
    validationAccuracy: final.validation?.accuracy,
    ...(scores && { validationScores: scores }),
    resumable: false,
    extendable: false,
    hasModel: true,
    steps: [],
    epochs: [],
    gauges: [],
    events: [],
  };
}
