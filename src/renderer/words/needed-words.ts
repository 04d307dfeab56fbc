// Who is not done with a data set that is about to be removed.
import type { RunSummary } from '#shared/run-record';
import type { QueuedRun } from '#shared/queue';
import { counted } from './numbers';

type Run = Pick<RunSummary, 'datasetId' | 'state' | 'resumable'>;

/** @param versions of the data set, by id. @returns undefined where nobody needs it */
export function neededWords(versions: readonly string[], runs: readonly Run[], waiting: readonly Pick<QueuedRun, 'datasetId'>[]) {
  const isOfIt = ({ datasetId }: Pick<Run, 'datasetId'>) => versions.includes(datasetId);
  const of = runs.filter(isOfIt);
  const counts = [
    [of.filter(({ state }) => state === 'running').length, 'run that trains'],
    [of.filter(({ state, resumable }) => resumable && (state === 'paused' || state === 'interrupted')).length, 'paused run'],
    [waiting.filter(isOfIt).length, 'waiting run'],
  ] as const;
  const told = counts
    .filter(([count]) => count > 0)
    .map(([count, one]) => counted(count, one, one.replace('run', 'runs').replace('trains', 'train')));
  if (told.length === 0) return undefined;
  const isOne = told.length === 1 && told[0].startsWith('1 ');
  return `${told.join(' and ')} ${isOne ? 'needs' : 'need'} it. Its files stay for ${isOne ? 'that one' : 'those'}; it is gone from this list and from Plan.`;
}
