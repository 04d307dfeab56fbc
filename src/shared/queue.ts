// Runs that wait for the one before them, as the window and main know them.
import * as v from 'valibot';
import { usualName } from './run-name';
import type { RunSpec } from './run-spec';

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));

/** What was known of a run before it began. */
export const ExpectedSchema = v.object({
  /** Micro-batches of each mini-batch, and samples in the largest. */
  pieces: v.pipe(amount, v.integer()),
  micro: v.pipe(amount, v.integer()),
  peakBytes: amount,
  seconds: v.optional(amount),
  /** It may be so many times less or more; absent: it was measured. */
  timesApart: v.optional(amount),
});
export type Expected = v.InferOutput<typeof ExpectedSchema>;

export interface QueuedRun {
  id: string;
  datasetId: string;
  datasetName: string;
  spec: RunSpec;
  /** What it will be called; absent (as queued by older versions): as runs usually are. */
  name?: string;
  /** The run it repeats. */
  repeatOf?: string;
  /** Absent: nothing was known yet. */
  expected?: Expected;
  /** Why it could not be started; those behind it go on without it. */
  problem?: string;
}

export const queuedName = ({ name, datasetName, spec }: QueuedRun): string => name ?? usualName(datasetName, spec);

/**
 * Why the next one does not begin by itself: a run was paused, whatever became of it since; Overbatch was ended with runs waiting; the
 * next could not be started, for the reason in `problem`; or it waits for the history, which another program uses, and begins by itself.
 */
export type QueueHold = { why: 'paused' | 'restarted' } | { why: 'failed' | 'history'; problem: string };

/** Nothing begins before somebody says so. */
export const isHeld = ({ waiting, hold }: RunQueue): boolean => waiting.length > 0 && (hold?.why === 'paused' || hold?.why === 'restarted');

export interface RunQueue {
  waiting: QueuedRun[];
  /** Absent: the next one begins when the run before it ends. */
  hold?: QueueHold;
}

/** More would be no plan any more. */
export const MOST_QUEUED = 100;
