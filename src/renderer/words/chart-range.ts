// Which part of its axis a curve is drawn on, so that what happens late in a long run can still be seen.
import type { EpochPoint } from './curve-summary';

/** A loss that falls this many times over is a flat line for most of a run. */
const MANY_TIMES = 50;

/** Whether they span orders of magnitude; what is not above zero counts for nothing. */
export function isWide(values: readonly number[]): boolean {
  const above = values.filter((value) => value > 0 && Number.isFinite(value));
  const [least, most] = above.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, 0]);
  return most > MANY_TIMES * least;
}

/** Fewer have no later part. */
const LONG = 50;

/** From where accuracy is drawn: below all that came after the first tenth of a long run, in steps of a tenth. */
export function leastShare(epochs: readonly EpochPoint[]): number {
  if (epochs.length < LONG) return 0;
  const later = epochs.slice(Math.ceil(epochs.length / 10)).flatMap((point) => [point.trainAccuracy, point.validationAccuracy]);
  const least = Math.min(...later.filter((share) => !Number.isNaN(share)));
  return Number.isFinite(least) ? Math.max(0, Math.ceil(10 * least) - 1) / 10 : 0;
}
