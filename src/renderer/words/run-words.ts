// The states and results of runs in words.
import type { RunState, RunSummary } from '#shared/contract';
import { count, percent } from './numbers';
import { lasting } from './time';

export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'busy';

export const RUN_STATES: Record<RunState, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'busy' },
  paused: { label: 'Paused', tone: 'warn' },
  completed: { label: 'Completed', tone: 'good' },
  stopped: { label: 'Stopped', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  interrupted: { label: 'Interrupted', tone: 'warn' },
};

/** "256 in pieces of 32", "256 whole". */
export function batchWords(batch: number, micro?: number): string {
  if (micro === undefined) return count(batch);
  return micro >= batch ? `${count(batch)} whole` : `${count(batch)} in pieces of ${count(micro)}`;
}

/** How a run ended, in one or two sentences. */
export function outcomeSentence(run: Pick<RunSummary, 'state' | 'validationAccuracy' | 'seconds' | 'failure' | 'resumable'>): string {
  const right =
    run.validationAccuracy === undefined ? '' : ` The model gets ${percent(run.validationAccuracy)} of the validation pictures right.`;
  const took = run.seconds === undefined ? '' : ` after ${lasting(run.seconds)}`;
  const goOn = run.resumable ? ' It can go on from its last checkpoint.' : '';
  switch (run.state) {
    case 'running':
      return 'Training.';
    case 'paused':
      return `Paused${took}; its memory is free again.${goOn}`;
    case 'completed':
      return `Completed${took}.${right}`;
    case 'stopped':
      return `Stopped${took}.${right}${goOn}`;
    case 'failed':
      return run.failure ?? `The run failed.${goOn}`;
    case 'interrupted':
      return `${run.failure ?? 'Overbatch ended while this run was training.'}${goOn || ' It has no checkpoint to go on from; start it again.'}`;
  }
}
