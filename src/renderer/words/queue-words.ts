// When a run that is put into the queue begins, what is known of it till then, and what becomes of the queue when another is begun.
import { formatBytes } from '#shared/bytes';
import type { QueuedRun, RunQueue } from '#shared/queue';
import { count, counted } from './numbers';
import { roughly } from './time';

/** @param queue as it is before this one stands in it */
export function turnWords({ waiting, hold }: RunQueue): string {
  const before = waiting.filter(({ problem }) => problem === undefined);
  if (hold && hold.why !== 'failed' && waiting.length > 0) return 'The queue is held: this one begins when it goes on, see Run.';
  if (before.length === 0) return 'This one begins when the run before it ends.';
  return `This one begins after the run that trains and the ${counted(before.length, 'other')} that ${before.length === 1 ? 'waits' : 'wait'}.`;
}

/** Nothing trains, but runs were left unfinished or wait: what starting another does to them. "": there are none. */
export function aheadWords({ waiting, hold }: RunQueue, paused: number): string {
  const afterwards = hold?.why === 'failed' ? 'stays held' : 'goes on behind it';
  return [
    ...(waiting.length > 0 ? [`It starts ahead of the queue (${counted(waiting.length, 'run')}), which ${afterwards}.`] : []),
    ...(paused > 0 ? [`The paused ${paused === 1 ? 'run stays' : 'runs stay'} on Run.`] : []),
  ].join(' ');
}

/** Why one that could go on does not. */
export const BUSY_WORDS = 'Another run has the memory. This one can go on when nothing else trains.';

/** Of the run that was left; the queue goes on behind it. */
export const resumeLabel = ({ waiting, hold }: RunQueue): string =>
  hold && hold.why !== 'failed' && waiting.length > 0 ? 'Resume, then the queue' : 'Resume';

/** Of a run that waits: "400 epochs, 4 pieces of 256, 2.93 MB, about 3 min". */
export function waitingWords({ spec, expected }: QueuedRun): string {
  const epochs = counted(spec.epochs, 'epoch');
  if (!expected) return epochs;
  const { pieces, micro, peakBytes, seconds, timesApart } = expected;
  const how = pieces === 1 ? 'whole' : `${count(pieces)} pieces of ${count(micro)}`;
  return [epochs, how, formatBytes(peakBytes), ...(seconds === undefined ? [] : [roughly(seconds, timesApart)])].join(', ');
}
