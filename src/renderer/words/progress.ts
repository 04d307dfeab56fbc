// How far a run is, from 0 to 1.
export interface Reached {
  step?: number;
  /** Unknown in a window that was reloaded. */
  totalSteps?: number;
  seconds?: number;
  secondsLeft?: number;
}

export function progressOf({ step, totalSteps, seconds, secondsLeft }: Reached): number | undefined {
  if (step !== undefined && totalSteps) return Math.min(1, step / totalSteps);
  if (seconds !== undefined && secondsLeft !== undefined && seconds + secondsLeft > 0) return seconds / (seconds + secondsLeft);
  return undefined;
}
