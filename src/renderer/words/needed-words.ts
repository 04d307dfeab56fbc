// Who is not done with a data set that is about to be removed.
import { listed } from '#shared/language';
import type { RunSummary } from '#shared/run-record';
import type { QueuedRun } from '#shared/queue';
import { counted } from './numbers';

type Run = Pick<RunSummary, 'datasetId' | 'state' | 'resumable'>;

/** @param versions of the data set, by id. @returns undefined where nobody needs it */
export function neededWords(versions: readonly string[], runs: readonly Run[], waiting: readonly Pick<QueuedRun, 'datasetId'>[]) {
  const isOfIt = ({ datasetId }: Pick<Run, 'datasetId'>) => versions.includes(datasetId);
  const of = runs.filter(isOfIt);
  const training = of.filter(({ state }) => state === 'running').length;
  const paused = of.filter(({ state, resumable }) => resumable && (state === 'paused' || state === 'interrupted')).length;
  const queued = waiting.filter(isOfIt).length;
  const told = listed([
    ...(training > 0 ? [counted(training, 'run that trains', 'runs that train')] : []),
    ...(paused > 0 ? [counted(paused, 'paused run', 'paused runs')] : []),
    ...(queued > 0 ? [counted(queued, 'waiting run', 'waiting runs')] : []),
  ]);
  if (told === '') return undefined;
  return training + paused + queued === 1
    ? `${told} needs it. Its files stay for that one; it is gone from this list and from Plan.`
    : `${told} need it. Its files stay for those; it is gone from this list and from Plan.`;
}
