// Questions about runs: planning, starting, stopping, resuming, and their history.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import type { PlannedRun } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { startModel, startRun } from '#shared/start-settings';
import { getDataset } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import { getRun } from '#store/run-detail';
import { changeSpec, createRun, deleteRun, getRunRow, listRuns, renameRun, reopenRun, restoreRun, runSummary } from '#store/runs';
import type { Handlers } from '../answer';
import { rememberPlan } from '../remembered-plans';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { modelFile } from './own-models';

type Questions = Pick<
  Handlers,
  | 'planRun'
  | 'cancelPlan'
  | 'startRun'
  | 'resumeRun'
  | 'extendRun'
  | 'stopRun'
  | 'pauseRun'
  | 'endRun'
  | 'currentRun'
  | 'listRuns'
  | 'getRun'
  | 'renameRun'
  | 'deleteRun'
  | 'restoreRun'
  | 'showRunFolder'
>;

export function runQuestions(services: Services): Questions {
  const { db, desktop, folders, model, planning, trainer, training } = services;
  return {
    async planRun(datasetId, spec) {
      planning.cancelCheck();
      const planned = await trainer.plan(plannedRun(services, datasetId, spec));
      rememberPlan(services, datasetId, spec, planned.engine, planned.plan);
      return planned;
    },
    cancelPlan: () => trainer.cancelPlan(),
    async startRun(datasetId, spec) {
      refuseSecond(services);
      const data = datasetFolder(services, datasetId);
      const start = startOf(services, spec);
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
      // Its memory is the run's now.
      model.close();
      planning.close();
      training.start(runId, { kind: 'train', spec, datasetFolder: data, outFolder, ...start });
      return runId;
    },
    resumeRun(runId) {
      const { resumable, spec } = runSummary(getRunRow(db, runId));
      if (!resumable) {
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This run cannot go on: it has no checkpoint to go on from. Start it again.',
        });
      }
      return goOn(services, runId, spec);
    },
    extendRun(runId, epochs) {
      const { extendable, spec } = runSummary(getRunRow(db, runId));
      if (!extendable) {
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This run cannot be made longer: its last checkpoint is gone. Start it again.',
        });
      }
      if (epochs <= spec.epochs) {
        throw new FailureError({ kind: 'bad-setting', problem: `This run has ${spec.epochs} epochs already. Choose more than that.` });
      }
      return goOn(services, runId, { ...spec, epochs });
    },
    stopRun: () => training.finish('stop'),
    pauseRun: () => training.finish('pause'),
    endRun: () => training.kill(),
    currentRun: () => (training.runId === undefined ? null : { runId: training.runId, detail: getRun(db, training.runId) }),
    listRuns: () => listRuns(db),
    getRun: (runId) => getRun(db, runId),
    renameRun: (runId, name) => renameRun(db, runId, name),
    deleteRun: (runId) => deleteRun(db, runId),
    restoreRun: (runId) => restoreRun(db, runId),
    showRunFolder: (runId) => desktop.showFolder(fromStored(folders.root, getRunRow(db, runId).folder)),
  };
}

export const plannedRun = (services: Services, datasetId: string, spec: RunSpec): PlannedRun => ({
  spec,
  datasetFolder: datasetFolder(services, datasetId),
  ...startOf(services, spec),
});

/** Where the run or the model lies that a spec starts from. */
function startOf({ db, folders }: Services, { start }: RunSpec): { startPath?: string } {
  const [run, model] = [startRun(start), startModel(start)];
  if (model !== undefined) return { startPath: modelFile(folders.models, model) };
  return run === undefined ? {} : { startPath: fromStored(folders.root, getRunRow(db, run).folder) };
}

/** From the newest checkpoint, owned by this process again. */
function goOn(services: Services, runId: string, spec: RunSpec): string {
  refuseSecond(services);
  const { db, folders, model, planning, training } = services;
  const run = getRunRow(db, runId);
  const data = datasetFolder(services, run.dataset_id ?? '');
  const outFolder = fromStored(folders.root, run.folder);
  changeSpec(db, runId, spec);
  reopenRun(db, runId);
  model.close();
  planning.close();
  training.start(runId, { kind: 'train', spec, datasetFolder: data, outFolder, resumeFolder: outFolder });
  return runId;
}

function refuseSecond({ training }: Services): void {
  if (training.runId === undefined) return;
  throw new FailureError({ kind: 'bad-setting', problem: 'A run is already training. Stop it, or wait until it ends.' });
}
