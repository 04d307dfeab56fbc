// Runs that somebody has to say what becomes of: paused or interrupted, with a checkpoint to go on from.
import type { RunSummary } from '#shared/run-record';

export const isUnfinished = ({ resumable, state }: Pick<RunSummary, 'resumable' | 'state'>): boolean =>
  resumable && (state === 'paused' || state === 'interrupted');

/** What the Run page shows while nothing trains: the newest of them, else the newest run where that can go on. */
export const runToShow = (runs: readonly RunSummary[]): RunSummary | undefined =>
  runs.find(isUnfinished) ?? (runs[0]?.resumable ? runs[0] : undefined);
