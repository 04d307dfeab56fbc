// When a run that is put into the queue begins, what is known of it till then, and what becomes of the queue when another is begun.
import { formatBytes } from '#shared/bytes';
import type { QueuedRun, QueueHold, RunQueue } from '#shared/queue';
import type { RunSpec } from '#shared/run-spec';
import { differingWords } from './differing-settings';
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

/** What the Run page shows beside the queue; `left`: it can be resumed. */
export type Shown = 'training' | 'left' | 'none';

/** Why the next does not begin by itself, and what to press. */
export function holdWords({ why }: QueueHold, waiting: number, shown: Shown): string {
  if (why === 'failed') return waiting === 1 ? 'This run could not be started.' : 'None of these runs could be started.';
  const because = why === 'paused' ? 'The queue waits because a run was paused.' : 'These runs were waiting when Overbatch was ended.';
  const next = waiting === 1 ? 'this one' : 'the first of these';
  if (shown === 'training') return `${because} It goes on when you say so.`;
  return shown === 'left'
    ? `${because} “Resume, then the queue” takes up the run above first; “Start the next run” begins ${next} and leaves it as it is.`
    : `${because} “Start the next run” begins ${next}${waiting === 1 ? '' : ', and the others go on behind it'}.`;
}

/** The nearest before it that is called alike, from which it is to be told. */
export const alikeBefore = (run: Told, before: readonly Told[]): RunSpec | undefined =>
  before.findLast(({ datasetId, spec }) => datasetId === run.datasetId && spec.model === run.spec.model)?.spec;

type Told = Pick<QueuedRun, 'datasetId' | 'spec'>;

/**
 * Of a run that waits: "SGD, learning rate 0.1, 400 epochs, 4 pieces of 256, 2.93 MB, about 3 min".
 * @param before settings of the run before it that is called alike
 */
export function waitingWords({ spec, expected }: QueuedRun, before?: RunSpec): string {
  const settings = [...differingWords(spec, before), counted(spec.epochs, 'epoch')];
  if (!expected) return settings.join(', ');
  const { pieces, micro, peakBytes, seconds, timesApart } = expected;
  const how = pieces === 1 ? 'whole' : `${count(pieces)} pieces of ${count(micro)}`;
  return [...settings, how, formatBytes(peakBytes), ...(seconds === undefined ? [] : [roughly(seconds, timesApart)])].join(', ');
}
