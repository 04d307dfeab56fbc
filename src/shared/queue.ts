// Runs that wait for the one before them, as the window and main know them.
import type { RunSpec } from './run-spec';

export interface QueuedRun {
  id: string;
  datasetId: string;
  datasetName: string;
  spec: RunSpec;
  /** What it shall be called; absent: as runs usually are. */
  name?: string;
  /** The run it repeats. */
  repeatOf?: string;
}

export const queuedName = ({ name, datasetName, spec }: QueuedRun): string => name ?? `${datasetName}, ${spec.model}, batch ${spec.batch}`;

/**
 * Why the next one does not begin by itself: the run before it was paused; Overbatch was ended with runs waiting; the next could not be
 * started, for the reason in `problem`.
 */
export type QueueHold = { why: 'paused' | 'restarted' } | { why: 'failed'; problem: string };

export interface RunQueue {
  waiting: QueuedRun[];
  /** Absent: the next one begins when the run before it ends. */
  hold?: QueueHold;
}

/** More would be no plan any more. */
export const MOST_QUEUED = 100;
