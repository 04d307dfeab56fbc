// Which part of its axis a curve is drawn on, so that what happens late in a long run can still be seen.
import type { EpochPoint } from './curve-summary';

/** A loss that falls this many times over is a flat line for most of a run. */
const MANY_TIMES = 50;

/** The least above zero: a logarithmic axis has no place for what is not. */
export function leastAbove(values: readonly number[]): number | undefined {
  const least = values.reduce((low, value) => (value > 0 && value < low ? value : low), Infinity);
  return Number.isFinite(least) ? least : undefined;
}

/** Whether they span orders of magnitude; what is not above zero counts for nothing. */
export function isWide(values: readonly number[]): boolean {
  const above = values.filter((value) => value > 0 && Number.isFinite(value));
  const [least, most] = above.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, 0]);
  return most > MANY_TIMES * least;
}

/** Longer, a logarithmic axis names powers of ten alone. */
const LONG_AXIS = 300;

/** What a logarithmic axis names: 1, 2, 5 where it is short. @param times its end by its beginning */
const namedOn = (times: number): readonly number[] => (times > LONG_AXIS ? [1] : [1, 2, 5]);

/** All values that an axis between two named ones names, both of them too. */
export function namedBetween({ min, max }: { min: number; max: number }): number[] {
  const [first, last] = [min, max].map((end) => Math.floor(Math.log10(end) + 1e-9));
  const tens = Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
  const all = tens.flatMap((ten) => namedOn(max / min).map((times) => times * ten));
  return all.filter((value) => value > min * (1 - 1e-9) && value < max * (1 + 1e-9));
}

/** The named values around what it shows, so that both of its ends have a number. */
export function namedEnds({ min, max }: { min: number; max: number }): { min: number; max: number } {
  const tens = { min: 10 ** Math.floor(Math.log10(min) + 1e-9), max: 10 ** Math.ceil(Math.log10(max) - 1e-9) };
  const named = namedOn(max / min);
  const below = named.map((first) => first * tens.min).filter((value) => value <= min * (1 + 1e-9));
  const above = named.map((first) => (first * tens.max) / 10).filter((value) => value >= max * (1 - 1e-9));
  const ends = { min: Math.max(...below), max: Math.min(tens.max, ...above) };
  // Rounded outwards it may have become a long one, which names fewer.
  return max / min <= LONG_AXIS && ends.max / ends.min > LONG_AXIS ? tens : ends;
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
