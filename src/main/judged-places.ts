// Where a run's model and data lie, to be judged.
import type { EvaluationQuestion } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { getDataset } from '#store/datasets';
import { fromStored } from '#store/location';
import { refuseWithoutWeights } from '#store/run-weights';
import { getRunRow } from '#store/runs';
import type { Services } from './services';

export const NO_MODEL = 'This run has no saved model yet. Choose one that was completed or stopped.';

type Known = Pick<Services, 'db' | 'folders'>;

/** @throws FailureError bad-setting where it has no model */
export function judgedFolder({ db, folders }: Known, runId: string): string {
  const row = getRunRow(db, runId);
  refuseWithoutWeights(row);
  const { model_folder: folder } = row;
  if (folder === null) throw new FailureError({ kind: 'bad-setting', problem: NO_MODEL });
  return fromStored(folders.root, folder);
}

/** Data that are gone are the trainer's to say: what was computed before is there all the same. */
export function judgedPlaces({ db, folders }: Known, runId: string): Omit<EvaluationQuestion, 'part'> {
  const runFolder = judgedFolder({ db, folders }, runId);
  const { dataset_id: datasetId } = getRunRow(db, runId);
  if (datasetId === null) {
    const problem = 'The data of this run is not known here. Import the same data, or judge it where it was made: npm run evaluate.';
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  return { runFolder, datasetFolder: fromStored(folders.root, getDataset(db, datasetId).folder) };
}
