// When a run that is put into the queue begins, what is known of it till then, and what becomes of the queue when another is begun.
import { formatBytes } from '#shared/bytes';
import type { DataSort } from '#shared/data-sort';
import { MODEL_CARDS } from '#shared/model-cards';
import { isHeld, queuedName, type QueuedRun, type QueueHold, type RunQueue } from '#shared/queue';
import { usualName } from '#shared/run-name';
import { differingWords } from './differing-settings';
import { count, counted } from './numbers';
import { settingsFacts, type Fact } from './run-facts';
import { batchWords } from './run-words';
import { roughly } from './time';

/** @param queue as it is before this one stands in it */
export function turnWords(queue: RunQueue): string {
  const { waiting } = queue;
  const before = waiting.filter(({ problem }) => problem === undefined);
  if (isHeld(queue)) return 'The queue is held: this one begins when it goes on, see Run.';
  if (before.length === 0) return 'This one begins when the run before it ends.';
  return before.length === 1
    ? 'This one begins after the run that trains and the 1 other that waits.'
    : `This one begins after the run that trains and the ${count(before.length)} others that wait.`;
}

/** Nothing trains, but runs were left unfinished or wait: what starting another does to them. "": there are none. */
export function aheadWords({ waiting, hold }: RunQueue, paused: number): string {
  const runs = counted(waiting.length, 'run', 'runs');
  const afterwards =
    hold?.why === 'failed'
      ? `It starts ahead of the queue (${runs}), which stays held.`
      : `It starts ahead of the queue (${runs}), which goes on behind it.`;
  return [
    ...(waiting.length > 0 ? [afterwards] : []),
    ...(paused === 1 ? ['The paused run stays on Run.'] : []),
    ...(paused > 1 ? ['The paused runs stay on Run.'] : []),
  ].join(' ');
}

/** Why one that could go on does not. */
export const BUSY_WORDS = 'Another run has the memory. This one can go on when nothing else trains.';

/** Of the run that was left; the queue goes on behind it. */
export const resumeLabel = (queue: RunQueue): string => (isHeld(queue) ? 'Resume, then the queue' : 'Resume');

/** What the Run page shows beside the queue; `left`: it can be resumed. */
export type Shown = 'training' | 'left' | 'none';

/** Why the next does not begin by itself, and what to press. */
export function holdWords({ why }: QueueHold, waiting: number, shown: Shown): string {
  if (why === 'history') return 'Another program is using the history. The next run begins as soon as that is done: close it, or wait.';
  if (why === 'failed') return waiting === 1 ? 'This run could not be started.' : 'None of these runs could be started.';
  const because = why === 'paused' ? 'The queue waits because a run was paused.' : 'These runs were waiting when Overbatch was ended.';
  if (shown === 'training') return `${because} It goes on when you say so.`;
  if (shown === 'left')
    return waiting === 1
      ? `${because} “Resume, then the queue” takes up the run above first; “Start the next run” begins this one and leaves it as it is.`
      : `${because} “Resume, then the queue” takes up the run above first; “Start the next run” begins the first of these and leaves it as it is.`;
  return waiting === 1
    ? `${because} “Start the next run” begins this one.`
    : `${because} “Start the next run” begins the first of these, and the others go on behind it.`;
}

/** More is no line any more: all settings stand behind it. */
const MOST_TOLD = 3;

type Told = Pick<QueuedRun, 'id' | 'datasetId' | 'spec'>;

/**
 * Of a run that waits: "256 in pieces of 64 · 15 epochs · about 3 min · learning rate 0.01". Data and model too, where its name does not tell.
 * @param neighbours all that train or wait; from those that learn the same it is to be told
 */
export function waitingWords(run: QueuedRun, neighbours: readonly Told[], sort: DataSort): string {
  const { datasetId, datasetName, spec, expected } = run;
  const called = queuedName(run).startsWith(usualName(datasetName, spec)) ? [] : [datasetName, MODEL_CARDS[spec.model].label];
  const time = expected?.seconds === undefined ? [] : [roughly(expected.seconds, expected.timesApart)];
  const alike = neighbours.filter(({ id, ...its }) => id !== run.id && its.datasetId === datasetId && its.spec.model === spec.model);
  const differing = differingWords(
    spec,
    alike.map((other) => other.spec),
    sort,
  );
  const more = differing.length - MOST_TOLD;
  return [
    ...called,
    expected ? batchWords(spec.batch, expected.micro) : `batch ${count(spec.batch)}`,
    counted(spec.epochs, 'epoch', 'epochs'),
    ...time,
    ...differing.slice(0, MOST_TOLD),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(' · ');
}

/** All settings of a run that waits, and what it is expected to take. */
export function waitingFacts({ datasetName, spec, expected }: QueuedRun, sort: DataSort): Fact[] {
  const facts = settingsFacts({ spec, datasetName, micro: expected?.micro, sort });
  if (!expected) return facts;
  const time = expected.seconds === undefined ? [] : [['Time', roughly(expected.seconds, expected.timesApart)] satisfies Fact];
  return [...facts, ['Peak memory', formatBytes(expected.peakBytes)], ...time];
}
