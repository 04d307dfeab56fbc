// Questions about how good a run's model is: what it says of the samples it did not learn from.
import { FailureError } from '#shared/failure';
import type { EvaluationQuestion } from '#shared/evaluation/evaluation';
import { getDataset } from '#store/datasets';
import { fromStored } from '#store/location';
import { getRunRow } from '#store/runs';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { refuseBesideRun } from './models';

type Questions = Pick<Handlers, 'evaluateRun' | 'cancelEvaluation' | 'viewMasks' | 'readRows'>;

export function evaluationQuestions(services: Services): Questions {
  const { db, folders, model, send, trainer, viewer } = services;
  const placesOf = (runId: string): Omit<EvaluationQuestion, 'part'> => {
    const { model_folder: runFolder, dataset_id: datasetId } = getRunRow(db, runId);
    if (runFolder === null)
      throw new FailureError({
        kind: 'bad-setting',
        problem: 'This run has no saved model yet. Choose one that was completed or stopped.',
      });
    if (datasetId === null) {
      const problem = 'This run was made on the command line, and its data is not known here. Judge it there: npm run evaluate.';
      throw new FailureError({ kind: 'bad-setting', problem });
    }
    // Data that are gone are the trainer's to say: what was computed before is there all the same.
    return { runFolder: fromStored(folders.root, runFolder), datasetFolder: fromStored(folders.root, getDataset(db, datasetId).folder) };
  };
  return {
    evaluateRun: (runId, part) =>
      trainer.evaluate({ ...placesOf(runId), part }, (done, total) => send({ kind: 'evaluation-progress', runId, part, done, total })),
    cancelEvaluation: () => trainer.cancelEvaluation(),
    viewMasks: (runId, samples) => {
      refuseBesideRun(services);
      const { runFolder, datasetFolder } = placesOf(runId);
      return model.masks(runFolder, datasetFolder, samples);
    },
    readRows: (datasetId, rows) => viewer.rows(datasetFolder(services, datasetId), rows),
  };
}
