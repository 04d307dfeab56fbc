// How long a run will still take, as a span: as wide as the speeds of its last stretches lie apart.
import { withMark, withUnit, word } from './language';
import { median } from './median';

export interface TimedStep {
  step: number;
  /** From 1. */
  epoch: number;
  /** Since the run (or its resumption) began. */
  seconds: number;
}

/** Seconds. */
export interface TimeLeft {
  low: number;
  high: number;
}

/** Readings that say how fast it is now; older ones may be of another load of the computer. */
const LATEST = 96;
const STRETCHES = 8;
/** Fewer say nothing about a spread. */
const LEAST = 4;
/** Ends of epochs, whose validation takes time of its own. */
const ENDS = 5;

interface Interval {
  steps: number;
  seconds: number;
  /** An epoch ended in it. */
  isEnd: boolean;
}

/** Undefined while there is too little to go by. */
export function timeLeft(all: readonly TimedStep[], whole: { totalSteps: number; epochs: number }): TimeLeft | undefined {
  const steps = sinceResumed(all);
  const last = steps[steps.length - 1];
  if (!last) return undefined;
  const ends = epochEnds(steps);
  const within = intervals(steps.slice(-LATEST)).filter(({ isEnd }) => !isEnd);
  // Where an epoch is a step, its validation is part of every interval.
  const isWithin = within.length >= LEAST;
  const paces = stretches(isWithin ? within : ends);
  if (paces.length < 2) return undefined;
  const stepsLeft = Math.max(0, whole.totalSteps - last.step);
  const endsLeft = Math.max(0, whole.epochs - last.epoch + 1);
  const extra = isWithin && ends.length > 0 ? median(ends.map(({ extra: seconds }) => seconds)) : 0;
  const sorted = [...paces].sort((a, b) => a - b);
  // A single stretch that was disturbed is no forecast.
  const inner = sorted.length > 4 ? sorted.slice(1, -1) : sorted;
  const at = (each: number): number => stepsLeft * each + endsLeft * extra;
  return { low: at(inner[0]), high: at(inner[inner.length - 1]) };
}

/** Seconds count from the resumption: those before it are of another time. */
function sinceResumed(steps: readonly TimedStep[]): readonly TimedStep[] {
  for (let i = steps.length - 1; i > 0; i--) if (steps[i].seconds < steps[i - 1].seconds) return steps.slice(i);
  return steps;
}

function intervals(steps: readonly TimedStep[]): Interval[] {
  return steps.slice(1).map((b, i) => {
    const a = steps[i];
    return { steps: Math.max(1, b.step - a.step), seconds: b.seconds - a.seconds, isEnd: b.epoch !== a.epoch };
  });
}

/** The latest intervals in which an epoch ended, and what its end took more than the step before it. */
function epochEnds(steps: readonly TimedStep[]): (Interval & { extra: number })[] {
  const found: (Interval & { extra: number })[] = [];
  for (let i = steps.length - 1; i > 0 && found.length < ENDS; i--) {
    const [end] = intervals(steps.slice(i - 1, i + 1));
    if (!end.isEnd) continue;
    const [before] = i > 1 ? intervals(steps.slice(i - 2, i)) : [end];
    found.push({ ...end, extra: Math.max(0, end.seconds - end.steps * pace([before])) });
  }
  return found;
}

const pace = (of: readonly Interval[]): number =>
  of.reduce((sum, { seconds }) => sum + seconds, 0) /
  Math.max(
    1,
    of.reduce((sum, { steps }) => sum + steps, 0),
  );

/** Seconds a step in consecutive stretches of about the same number of readings. */
function stretches(of: readonly Interval[]): number[] {
  const count = Math.min(STRETCHES, of.length);
  return Array.from({ length: count }, (_, i) => pace(of.slice((i * of.length) / count, ((i + 1) * of.length) / count)));
}

const UNITS = [
  { name: 's', seconds: 1, below: 90, step: 5 },
  { name: 'min', seconds: 60, below: 5_400, step: 1 },
  { name: word('hours'), seconds: 3_600, below: 172_800, step: 0.5 },
  { name: word('days'), seconds: 86_400, below: Infinity, step: 0.5 },
];

/** "8 to 11 min", "about 9 min": no more digits than it deserves. */
export function timeLeftWords({ low, high }: TimeLeft): string {
  if (high < 3) return 'a few seconds';
  const { name, seconds, step } = UNITS.find(({ below }) => high < below)!;
  const rounded = (value: number): number => Math.max(step, Math.round(value / seconds / step) * step);
  const [least, most] = [rounded(low), rounded(high)];
  return most - least <= step && most > least && high < 1.15 * low
    ? `about ${withUnit(withMark(rounded((low + high) / 2)), name)}`
    : least === most
      ? `about ${withUnit(withMark(most), name)}`
      : `${withMark(least)} to ${withUnit(withMark(most), name)}`;
}
