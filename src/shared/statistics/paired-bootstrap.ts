// The paired bootstrap: samples are drawn again from those there are, each with both models' answers, and the difference computed anew.
import type { Interval } from '../evaluation/wilson';
import { normalCdf, normalQuantile } from './special-functions';
import { criticalT, twoSidedT } from './student-t';

export const RESAMPLES = 2_000;

export interface Bootstrapped {
  /** With 95 %. */
  interval: Interval;
  /** The largest share that could lie outside such an interval with zero in it. */
  p: number;
}

/**
 * @param samples two or more
 * @param statistic of the difference, where each sample counts as often as it says
 * @param random numbers in [0, 1), seeded
 */
export function pairedBootstrap(
  samples: number,
  statistic: (times: Uint32Array) => number,
  random: () => number,
  resamples = RESAMPLES,
): Bootstrapped {
  const times = new Uint32Array(samples);
  const drawn = Float64Array.from({ length: resamples }, () => {
    times.fill(0);
    for (let i = 0; i < samples; i++) times[Math.floor(random() * samples)]++;
    return statistic(times);
  }).sort();
  return { interval: percentileInterval(drawn, samples), p: percentileP(drawn, samples) };
}

/**
 * Percentiles of what was drawn, a little further out than 2.5 and 97.5: the spread of a few samples is taken for too small, as t knows
 * (the expanded interval of Hesterberg 2015).
 */
function percentileInterval(drawn: Float64Array, samples: number): Interval {
  const tail = expandedTail(samples);
  return { low: quantile(drawn, tail), high: quantile(drawn, 1 - tail) };
}

/** The share below the interval, 0.025 where there are many samples. */
export const expandedTail = (samples: number): number => normalCdf(-stretch(samples) * criticalT(0.05, samples - 1));

const stretch = (samples: number): number => Math.sqrt(samples / (samples - 1));

/** By the same rule: the interval that just reaches zero. */
function percentileP(drawn: Float64Array, samples: number): number {
  let [below, above] = [0, 0];
  for (const value of drawn) {
    if (value <= 0) below++;
    if (value >= 0) above++;
  }
  // Nothing is known of shares smaller than one of those drawn.
  const tail = Math.min(0.5, (Math.min(below, above) + 1) / (drawn.length + 1));
  return twoSidedT(normalQuantile(tail) / stretch(samples), samples - 1);
}

/** Between neighbours, as NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
