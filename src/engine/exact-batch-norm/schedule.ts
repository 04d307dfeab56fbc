// The order of a mini-batch's stage functions (each runs for all micro-batches before the next), what is parked between them and for how
// long: all known before anything runs, so the bytes are too.
import { backwardFunction } from './backward';
import { forwardFunction } from './forward';
import { bytesOf, isParked, type Key } from './keys';
import type { StageFunction, Staging } from './stage-function';

export interface Step {
  stage: number;
  fn: StageFunction;
  direction: 'forward' | 'backward';
  /** Parked tensors of a piece that nobody takes again, and those that this step is the next to give. */
  drops: Key[];
  /** Of what it gives, what goes to host memory. */
  parks: Key[];
}

export function scheduleOf(staging: Staging): Step[] {
  const stages = staging.stages.map((_, s) => s);
  const forward = stages.map((stage) => ({ stage, direction: 'forward' as const, fn: forwardFunction(staging, stage) }));
  const backward = stages.toReversed().map((stage) => ({ stage, direction: 'backward' as const, fn: backwardFunction(staging, stage) }));
  const steps = [...forward, ...backward].flatMap(({ fn, ...step }) => (fn ? [{ ...step, fn }] : []));
  return steps.map((step, i) => {
    const later = new Set(steps.slice(i + 1).flatMap(({ fn }) => fn.takes));
    const parks = step.fn.gives.filter((key) => isParked(key) && later.has(key));
    return { ...step, parks, drops: step.fn.takes.filter((key) => isParked(key) && (!later.has(key) || parks.includes(key))) };
  });
}

/** Sample tensors that are parked from the start: all but what only the first step takes. */
export const parkedSamples = (steps: Step[]): Key[] => [
  ...new Set(steps.slice(1).flatMap(({ fn }) => fn.takes.filter((key) => key.startsWith('sample ')))),
];

/** The most that is parked at once for each sample, bytes. */
export function parkedBytesPerSample(staging: Staging, steps: Step[]): number {
  const bytes = (keys: Key[]): number => keys.reduce((sum, key) => sum + bytesOf(staging, key, 1), 0);
  let parked = bytes(parkedSamples(steps));
  let most = parked;
  for (const [i, { drops, parks }] of steps.entries()) {
    // The first step takes its samples from the reader.
    parked += bytes(parks) - bytes(i === 0 ? drops.filter((key) => parkedSamples(steps).includes(key)) : drops);
    most = Math.max(most, parked);
  }
  return most;
}
