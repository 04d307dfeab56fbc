// Questions to a trained model: what it is asked with, and what it says about a row, a table.
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { fromStored } from '#store/location';
import { refuseWithoutWeights } from '#store/run-weights';
import { getRunRow } from '#store/runs';
import type { Handlers } from '../answer';
import { modelQuestion } from '../model-question';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'modelQuestion' | 'predictRow' | 'predictFile' | 'savePredictions'>;

export function modelQuestions({ db, desktop, folders, model, tokens, trainer, training }: Services): Questions {
  const modelFolder = (runId: string): string => modelFolderOf({ db, folders }, runId);
  return {
    modelQuestion: (runId) => modelQuestion(modelFolder(runId)),
    async predictRow(runId, row) {
      try {
        return await model.row(modelFolder(runId), row);
      } finally {
        // Beside a run its memory is the run's.
        if (training.runId !== undefined) model.closeIfUnasked();
      }
    },
    predictFile: (runId, token) => trainer.predictFile(modelFolder(runId), tokens.path('file', token)),
    async savePredictions(runId, token) {
      const file = tokens.path('file', token);
      const { name } = path.parse(file);
      const out = await desktop.save(`${name} predicted.csv`);
      if (out === undefined) return null;
      if (path.resolve(out) === path.resolve(file)) {
        throw new FailureError({ kind: 'bad-setting', problem: 'That is the table itself. Choose another name, so that nothing is lost.' });
      }
      await trainer.predictFile(modelFolder(runId), file, out);
      return path.basename(out);
    },
  };
}

/** Where the saved model of a run lies. @throws FailureError bad-setting */
export function modelFolderOf({ db, folders }: Pick<Services, 'db' | 'folders'>, runId: string): string {
  const row = getRunRow(db, runId);
  refuseWithoutWeights(row);
  const { model_folder: folder } = row;
  if (folder !== null) return fromStored(folders.root, folder);
  throw new FailureError({
    kind: 'bad-setting',
    problem: 'This run has no saved model yet. Choose a run that was completed or stopped.',
  });
}

/** @throws FailureError bad-setting while a run trains, whose memory a model of pictures would take */
export function refuseBesideRun({ training }: Pick<Services, 'training'>): void {
  if (training.runId === undefined) return;
  const problem = 'A run is training, and the memory is its own. Pause it to ask a model now, or wait until it ends.';
  throw new FailureError({ kind: 'bad-setting', problem });
}
