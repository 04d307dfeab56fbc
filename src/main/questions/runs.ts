// Questions about runs: planning, starting, stopping, resuming, and their history.
import { FailureError } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { fromStored } from '#store/location';
import { getRun } from '#store/run-detail';
import { refuseWithoutWeights } from '#store/run-weights';
import { changeSpec, deleteRun, getRunRow, listRuns, renameRun, reopenRun, restoreRun, runSummary } from '#store/runs';
import type { Handlers } from '../answer';
import { rememberPlan } from '../remembered-plans';
import type { Services } from '../services';
import { whenFree } from '../when-free';
import { beginningOf, beginRun, freeMemory, plannedRun, refuseSecond } from './begin-run';
import { datasetFolder } from './datasets';

type Questions = Pick<
  Handlers,
  | 'planRun'
  | 'cancelPlan'
  | 'startRun'
  | 'resumeRun'
  | 'finishRun'
  | 'extendRun'
  | 'stopRun'
  | 'pauseRun'
  | 'endRun'
  | 'discardRun'
  | 'currentRun'
  | 'listRuns'
  | 'getRun'
  | 'renameRun'
  | 'deleteRuns'
  | 'restoreRuns'
  | 'showRunFolder'
>;

export function runQuestions(services: Services): Questions {
  const { db, desktop, folders, planning, queue, send, trainer, training } = services;
  return {
    async planRun(datasetId, spec) {
      if (training.runId !== undefined)
        throw new FailureError({ kind: 'bad-setting', problem: 'A run is training and has the memory. Measure when the run has ended.' });
      planning.cancelCheck();
      const planned = await trainer.plan(plannedRun(services, datasetId, spec), (point) => send({ kind: 'plan-measured', point }));
      await rememberPlan(services, datasetId, spec, planned);
      return planned;
    },
    cancelPlan: () => trainer.cancelPlan(),
    async startRun(datasetId, spec) {
      const runId = await beginRun(services, datasetId, spec);
      queue.goBehind();
      return runId;
    },
    resumeRun(runId) {
      refuseSecond(services, runId);
      goOn(services, runId, resumableSpec(services, runId));
      queue.goBehind();
      return runId;
    },
    finishRun(runId) {
      refuseSecond(services, runId);
      const spec = resumableSpec(services, runId);
      if (runSummary(getRunRow(db, runId)).begins)
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This run has no model yet: no checkpoint of it was saved. Resume it first.',
        });
      goOn(services, runId, spec, { toFinish: true });
      return runId;
    },
    extendRun(runId, epochs) {
      refuseSecond(services, runId);
      const row = getRunRow(db, runId);
      refuseWithoutWeights(row);
      const { extendable, spec } = runSummary(row);
      if (!extendable) {
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This run cannot be made longer: its last checkpoint is gone. Start it again.',
        });
      }
      if (epochs <= spec.epochs) {
        throw new FailureError({ kind: 'bad-setting', problem: `This run has ${spec.epochs} epochs already. Choose more than that.` });
      }
      goOn(services, runId, { ...spec, epochs });
      queue.goBehind();
      return runId;
    },
    stopRun: (runId) => training.finish('stop', runId),
    pauseRun: (runId) => training.finish('pause', runId),
    endRun: (runId) => training.end(runId),
    async discardRun(runId) {
      if (training.runId === runId) await training.discard();
      await whenFree(() => deleteRun(db, runId));
    },
    currentRun: () => (training.runId === undefined ? null : { runId: training.runId, detail: getRun(db, training.runId) }),
    listRuns: () => listRuns(db),
    getRun: (runId) => getRun(db, runId),
    renameRun: (runId, name) => renameRun(db, runId, name),
    deleteRuns: (runIds) => db.transaction(() => runIds.forEach((id) => deleteRun(db, id))),
    restoreRuns: (runIds) => db.transaction(() => runIds.forEach((id) => restoreRun(db, id))),
    showRunFolder: (runId) => desktop.showFolder(fromStored(folders.root, getRunRow(db, runId).folder)),
  };
}

function resumableSpec({ db }: Services, runId: string): RunSpec {
  const row = getRunRow(db, runId);
  refuseWithoutWeights(row);
  const { resumable, spec } = runSummary(row);
  if (resumable) return spec;
  throw new FailureError({ kind: 'bad-setting', problem: 'This run cannot go on: it has no checkpoint to go on from. Start it again.' });
}

/** From the newest checkpoint, or from its beginning where it has none, owned by this process again; `toFinish`: only to save its model. */
function goOn(services: Services, runId: string, spec: RunSpec, how: { toFinish?: true } = {}): void {
  const { db, folders, trainer, training } = services;
  const run = getRunRow(db, runId);
  const datasetId = run.dataset_id ?? '';
  const data = datasetFolder(services, datasetId);
  const outFolder = fromStored(folders.root, run.folder);
  trainer.refuseChanging(outFolder);
  // In the order in which it was: what it said before comes first.
  training.writeDown();
  const from =
    run.checkpoint_folder === null ? beginningOf(services, datasetId, spec, run.repeat_of ?? undefined) : { resumeFolder: outFolder };
  // Asked again where the history is held, it finds the run as it was.
  db.transaction(() => {
    changeSpec(db, runId, spec);
    reopenRun(db, runId);
  });
  freeMemory(services);
  training.start(runId, { kind: 'train', spec, datasetFolder: data, outFolder, ...from, ...how });
}
