// Questions about runs: planning, starting, stopping, resuming, and their history.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { getDataset } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import { getRun } from '#store/run-detail';
import { createRun, deleteRun, getRunRow, listRuns, renameRun, reopenRun, restoreRun } from '#store/runs';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { datasetFolder } from './datasets';

type Questions = Pick<
  Handlers,
  | 'planRun'
  | 'cancelPlan'
  | 'startRun'
  | 'resumeRun'
  | 'stopRun'
  | 'currentRun'
  | 'listRuns'
  | 'getRun'
  | 'renameRun'
  | 'deleteRun'
  | 'restoreRun'
  | 'showRunFolder'
>;

export function runQuestions(services: Services): Questions {
  const { db, desktop, folders, trainer, training } = services;
  return {
    planRun: (datasetId, spec) => trainer.plan(spec, datasetFolder(services, datasetId)),
    cancelPlan: () => trainer.cancelPlan(),
    async startRun(datasetId, spec) {
      refuseSecond(services);
      const data = datasetFolder(services, datasetId);
      const runId = randomUUID();
      const outFolder = path.join(folders.runs, runId);
      await mkdir(outFolder, { recursive: true });
      refuseSecond(services);
      createRun(db, {
        id: runId,
        spec,
        folder: toStored(folders.root, outFolder),
        datasetId,
        datasetName: getDataset(db, datasetId).summary.name,
      });
      training.start(runId, { kind: 'train', spec, datasetFolder: data, outFolder });
      return runId;
    },
    resumeRun(runId) {
      refuseSecond(services);
      const run = getRunRow(db, runId);
      if (run.checkpoint_folder === null || run.dataset_id === null || run.state === 'completed' || run.state === 'running') {
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This run cannot go on: it has no checkpoint to go on from. Start it again.',
        });
      }
      const data = datasetFolder(services, run.dataset_id);
      const outFolder = fromStored(folders.root, run.folder);
      reopenRun(db, runId);
      training.start(runId, {
        kind: 'train',
        spec: JSON.parse(run.spec) as RunSpec,
        datasetFolder: data,
        outFolder,
        resumeFolder: outFolder,
      });
      return runId;
    },
    stopRun: () => training.stop(),
    currentRun: () => (training.runId === undefined ? null : { runId: training.runId, detail: getRun(db, training.runId) }),
    listRuns: () => listRuns(db),
    getRun: (runId) => getRun(db, runId),
    renameRun: (runId, name) => renameRun(db, runId, name),
    deleteRun: (runId) => deleteRun(db, runId),
    restoreRun: (runId) => restoreRun(db, runId),
    showRunFolder: (runId) => desktop.showFolder(fromStored(folders.root, getRunRow(db, runId).folder)),
  };
}

function refuseSecond({ training }: Services): void {
  if (training.runId === undefined) return;
  throw new FailureError({ kind: 'bad-setting', problem: 'A run is already training. Stop it, or wait until it ends.' });
}
