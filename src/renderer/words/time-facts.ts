// Where the time of a run went: training, lying still, and what comes before and behind the steps.
import type { RunDetail } from '#shared/run-record';
import { counted } from './numbers';
import type { Fact } from './run-facts';
import { lasting } from './time';

/** Less is rounding. */
const LEAST_SECONDS = 1;

/** They add up to what lies between its start and its end. */
export function timeFacts({
  startedAt,
  finishedAt,
  pauses,
  interruptions,
  seconds,
}: Pick<RunDetail, 'startedAt' | 'finishedAt' | 'pauses' | 'interruptions'> & { seconds: number }): Fact[] {
  const whole = finishedAt === undefined ? NaN : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const rest = whole - seconds - (pauses?.seconds ?? 0);
  return [
    ['Time trained', lasting(seconds)],
    ...(pauses ? [['Time paused', `${lasting(pauses.seconds)}, in ${counted(pauses.count, 'pause', 'pauses')}`] satisfies Fact] : []),
    ...(rest >= LEAST_SECONDS ? [restFact(rest, interruptions)] : []),
  ];
}

/** Nobody knows when a process was gone, so what was trained in vain and what lay still is one with the rest. */
const restFact = (rest: number, interruptions?: number): Fact =>
  interruptions === undefined
    ? ['Starting and saving', lasting(rest)]
    : ['Starting, saving and interrupted', `${lasting(rest)}, with ${counted(interruptions, 'interruption', 'interruptions')}`];
