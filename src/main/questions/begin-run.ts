// Begins a run: writes it down, gives it the memory of whatever else holds some, and starts its process.
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import type { PlannedRun } from '#shared/forecast';
import { cutOf, type Cut } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { startModel, startRun } from '#shared/start-settings';
import { getDataset } from '#store/datasets';
import { fromStored, toStored } from '#store/location';
import { removeQueued } from '#store/queue';
import { createRun, findRunRow, getRunRow, parsePlan, type NewRun } from '#store/runs';
import { mostMicroOf } from '../remembered-plans';
import { withinOwn } from '../own-folder';
import type { Services } from '../services';
import { whenFree } from '../when-free';
import { datasetFolder } from './datasets';
import { modelFile } from './own-models';

/** Answers the id of the run, which leaves the queue as it begins where it waited there. @throws FailureError bad-setting while another trains */
export async function beginRun(
  services: Services,
  datasetId: string,
  spec: RunSpec,
  also: Pick<NewRun, 'name' | 'repeatOf' | 'queueId'> = {},
) {
  refuseSecond(services);
  const { db, folders, training } = services;
  const data = datasetFolder(services, datasetId);
  const beginning = beginningOf(services, datasetId, spec, also.repeatOf);
  const runId = randomUUID();
  const outFolder = path.join(folders.runs, runId);
  await mkdir(outFolder, { recursive: true }).catch((error: unknown) => {
    throw new FailureError(withinOwn(toFailure(error, outFolder), folders.root));
  });
  const datasetName = getDataset(db, datasetId).summary.name;
  const run = { id: runId, spec, folder: toStored(folders.root, outFolder), datasetId, datasetName, ...also };
  await whenFree(() => {
    refuseSecond(services);
    db.transaction(() => {
      createRun(db, run);
      if (also.queueId !== undefined) removeQueued(db, also.queueId);
    });
    freeMemory(services);
    training.start(runId, { kind: 'train', spec, datasetFolder: data, outFolder, ...beginning });
  }).catch(async (error: unknown) => {
    // No run is known that lies there.
    await rm(outFolder, { recursive: true, force: true });
    throw error;
  });
  return runId;
}

/** What else holds some gives it to the run that begins. */
export function freeMemory({ model, planning, trainer }: Services): void {
  model.close();
  planning.close();
  trainer.cancelPlan();
}

/** What a run without a checkpoint begins with. */
export const beginningOf = (services: Services, datasetId: string, spec: RunSpec, repeatOf?: string) => ({
  ...startOf(services, spec),
  ...(repeatOf === undefined ? mostMicroOf(services.db, datasetId, spec) : cutAsBefore(services, repeatOf)),
});

/** Pieces are a part of what is repeated: sums are rounded by them. */
function cutAsBefore({ db }: Services, repeatOf: string): { cut?: Cut } {
  const row = findRunRow(db, repeatOf);
  const plan = row && parsePlan(row);
  return plan ? { cut: cutOf(plan) } : {};
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
  if (run === undefined) return {};
  const row = getRunRow(db, run);
  if (row.weights_deleted_at !== null) {
    const problem = `The weights of the run “${row.name}”, which this one begins with, were deleted. Repeat that run, and begin with the repeat.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  return { startPath: fromStored(folders.root, row.folder) };
}

/** @param runId the run that is asked for, where it exists already */
export function refuseSecond({ training }: Services, runId?: string): void {
  if (training.runId === undefined) return;
  if (training.runId === runId) throw new FailureError({ kind: 'bad-setting', problem: 'This run is training already.' });
  throw new FailureError({ kind: 'bad-setting', problem: 'A run is already training. Add this one to the queue, or wait until it ends.' });
}
