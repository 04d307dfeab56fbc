// Which part of its axis a curve is drawn on, so that what happens late in a long run can still be seen.
import type { Series } from './chart-series';
import type { EpochPoint } from './curve-summary';

/** A loss that falls this many times over is a flat line for most of a run. */
const MANY_TIMES = 50;

/** Whether the values span orders of magnitude; what is not above zero counts for nothing. */
export function isWide(series: readonly Pick<Series, 'points'>[]): boolean {
  let [least, most] = [Infinity, 0];
  for (const { points } of series) {
    for (const { y } of points) {
      if (!(y > 0 && Number.isFinite(y))) continue;
      least = Math.min(least, y);
      most = Math.max(most, y);
    }
  }
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
