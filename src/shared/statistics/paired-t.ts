// The paired t test of repeats: are their differences further from zero than they are from one another?
import type { Interval } from '../evaluation/wilson';
import { criticalT, passesOften, twoSidedT } from './student-t';

export interface PairedT {
  mean: number;
  /** Of the mean: its standard error. */
  error: number;
  p: number;
  /** Of the mean difference, with 95 %. */
  interval: Interval;
}

/**
 * @param overlap validation samples for each training sample, where every pair drew its own of the same data: their training parts overlap, so
 * they are less apart than independent ones, and the variance grows by this share (Nadeau and Bengio 2003)
 * @returns undefined where all differ by the same, so that nothing is known of their spread; two differences at least
 */
export function pairedT(differences: readonly number[], overlap = 0): PairedT | undefined {
  const n = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  if (!(deviation > 1e-12 * Math.abs(mean))) return undefined;
  const error = deviation * Math.sqrt(1 / n + overlap);
  const critical = criticalT(0.05, n - 1);
  return {
    mean,
    error,
    p: twoSidedT(mean / error, n - 1),
    interval: { low: mean - critical * error, high: mean + critical * error },
  };
}

/** How often as many repeats would find a true difference as large as this one. */
export const pairedTPower = ({ mean, error }: Pick<PairedT, 'mean' | 'error'>, repeats: number): number =>
  passesOften(criticalT(0.05, repeats - 1), repeats - 1, Math.abs(mean) / error);
