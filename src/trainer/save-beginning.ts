// What a run leaves before its first step, where something long comes before that: a place to go on from, however it ends meanwhile.
import { mkdirSync } from 'node:fs';
import { snapshotLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { NO_TOTALS } from '#engine/totals';
import type { CheckpointHeader } from '#shared/checkpoint-header';
import type { Plan } from '#shared/plan';
import type { RunEventOf } from '#shared/run-event';
import { removeCheckpoints, saveCheckpoint } from './checkpoint';
import type { OpenData } from './open-training-data';
import type { RunRequest } from './run-request';

/** The folder of a run that begins holds no checkpoint of another. */
export function openFolder({ outFolder, resumeFolder }: RunRequest): void {
  mkdirSync(outFolder, { recursive: true });
  if (resumeFolder === undefined) removeCheckpoints(outFolder);
}

export async function saveBeginning(
  { spec, outFolder, datasetFolder }: RunRequest,
  { learner }: Workbench,
  { summary }: OpenData,
  plan: Plan,
  began?: CheckpointHeader['began'],
): Promise<RunEventOf<'checkpoint'>> {
  const begin = performance.now();
  const header = {
    spec,
    plan,
    datasetHash: summary.contentHash,
    datasetFolder,
    epochTotals: NO_TOTALS,
    ...(began && { began }),
    seconds: 0,
  };
  const { folder, cleared } = await saveCheckpoint(outFolder, header, await snapshotLearner(learner));
  await cleared;
  return { kind: 'checkpoint', step: learner.step, folder, seconds: (performance.now() - begin) / 1000 };
}
