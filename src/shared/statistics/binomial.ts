// The binomial distribution, and between which bounds a share lies that was seen (Clopper and Pearson 1934).
import type { Interval } from '../evaluation/wilson';
import { incompleteBeta, logGamma, reaches } from './special-functions';

export const binomialPmf = (k: number, n: number, share: number): number => {
  if (share <= 0) return k === 0 ? 1 : 0;
  if (share >= 1) return k === n ? 1 : 0;
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(choose + k * Math.log(share) + (n - k) * Math.log1p(-share));
};

/** How often at least k of n happen. */
export const atLeast = (k: number, n: number, share: number): number => {
  if (k <= 0) return 1;
  return k > n ? 0 : incompleteBeta(share, k, n - k + 1);
};

/** Exact: holds the true share in at least 95 of 100 cases, whatever it is. */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : reaches(tail, (share) => atLeast(k, n, share), 0, 1, 60),
    high: k === n ? 1 : reaches(1 - tail, (share) => atLeast(k + 1, n, share), 0, 1, 60),
  };
}
