// Questions about what is known of a run that was: a part of its curves, its receipt, and whether it can be made again.
import { fileNameWith } from '#shared/exports';
import type { RunDetail } from '#shared/run-record';
import { FailureError } from '#shared/failure';
import type { Expected } from '#shared/queue';
import { receiptJson } from '#shared/receipt-json';
import { receiptPage } from '#shared/receipt-page';
import { saveKeptModel } from '#store/kept-model';
import { fromStored } from '#store/location';
import { readEpochs, readSteps } from '#store/metrics';
import { getRun } from '#store/run-detail';
import { refuseWithoutWeights } from '#store/run-weights';
import { getRunRow } from '#store/runs';
import type { Handlers } from '../answer';
import { repetitionOf } from '../repetition';
import { saveText } from '../save-text';
import type { Services } from '../services';
import { LONG_PATIENCE_MILLISECONDS, whenFree } from '../when-free';
import { beginRun } from './begin-run';

type Questions = Pick<Handlers, 'readCurve' | 'saveReceiptPage' | 'saveReceiptJson' | 'checkRepeat' | 'repeatRun' | 'keepOtherModel'>;

export function recordQuestions(services: Services): Questions {
  const { db, desktop, folders, model, queue, trainer, training } = services;
  return {
    readCurve(runId, part) {
      const { key } = getRunRow(db, runId);
      return { steps: readSteps(db, key, part), epochs: readEpochs(db, key, part) };
    },
    saveReceiptPage(runId, receipt) {
      const run = getRun(db, runId);
      return saveText(desktop, fileNameWith(run.name, ' receipt.html'), () => receiptPage(receipt, receiptJson(run)));
    },
    saveReceiptJson(runId) {
      const run = getRun(db, runId);
      return saveText(desktop, fileNameWith(run.name, ' receipt.json'), () => receiptJson(run));
    },
    checkRepeat: async (runId) => (await repetitionOf(services, runId)).differences,
    async repeatRun(runId) {
      const { datasetId, spec, name } = await repetitionOf(services, runId);
      const also = { name, repeatOf: runId };
      if (training.runId === undefined) {
        const begun = await beginRun(services, datasetId, spec, also);
        queue.goBehind();
        return begun;
      }
      await whenFree(() => queue.add({ datasetId, spec, ...also, expected: asItWas(getRun(db, runId)) }));
      return null;
    },
    async keepOtherModel(runId) {
      const row = getRunRow(db, runId);
      refuseWithoutWeights(row);
      const { model_folder: folder } = row;
      if (folder === null || training.runId === runId)
        throw new FailureError({ kind: 'bad-setting', problem: 'This run has no saved model yet. Wait until it has ended.' });
      // What is asked has the one before loaded.
      model.close();
      const receipt = await trainer.keepOther(fromStored(folders.root, folder));
      await whenFree(() => saveKeptModel(db, runId, receipt), LONG_PATIENCE_MILLISECONDS);
    },
  };
}

/** Of a run that is made again. */
const asItWas = ({ plan, peakBytes, seconds }: RunDetail): Expected | undefined =>
  plan && { pieces: plan.pieces.length, micro: plan.micro, peakBytes: peakBytes ?? plan.peakBytes, seconds };
