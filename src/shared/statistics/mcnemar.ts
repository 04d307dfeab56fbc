// McNemar's exact test: two models answered the same samples; are those that only one of them gets right shared out as by a coin?
import { wilson, type Interval } from '../evaluation/wilson';
import { atLeast, clopperPearson } from './binomial';

/** Samples by who gets them right. */
export interface PairedCounts {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** How often chance alone shares them out as unevenly as this or more. */
export function mcnemarP({ onlyFirst, onlySecond }: Pick<PairedCounts, 'onlyFirst' | 'onlySecond'>): number {
  return Math.min(1, 2 * atLeast(Math.max(onlyFirst, onlySecond), onlyFirst + onlySecond, 0.5));
}

/**
 * Between which bounds the second's share of right answers less the first's lies, with 95 %. Newcombe's score interval for paired shares
 * (1998, method 10), widened where the exact test allows more: so it leaves out zero only where the test does.
 */
export function pairedInterval(counts: PairedCounts): Interval {
  const [score, exact] = [scoreInterval(counts), exactInterval(counts)];
  return { low: Math.min(score.low, exact.low), high: Math.max(score.high, exact.high) };
}

/** Of so many that only one gets right: what the exact bounds of the second's share of them come to among all samples. */
function exactInterval({ both, onlyFirst, onlySecond, neither }: PairedCounts): Interval {
  const n = both + onlyFirst + onlySecond + neither;
  const apart = onlyFirst + onlySecond;
  const { low, high } = clopperPearson(onlySecond, apart);
  return { low: ((2 * low - 1) * apart) / n, high: ((2 * high - 1) * apart) / n };
}

function scoreInterval({ both, onlyFirst, onlySecond, neither }: PairedCounts): Interval {
  const n = both + onlyFirst + onlySecond + neither;
  const [second, first] = [both + onlySecond, both + onlyFirst];
  const [a, b] = [wilson(second, n), wilson(first, n)];
  const difference = (onlySecond - onlyFirst) / n;
  const phi = correlation({ both, onlyFirst, onlySecond, neither });
  const side = (own: number, other: number): number => Math.sqrt(own ** 2 - 2 * phi * own * other + other ** 2);
  return {
    low: difference - side(second / n - a.low, b.high - first / n),
    high: difference + side(a.high - second / n, first / n - b.low),
  };
}

/** Of right answers, with Newcombe's correction for continuity. */
function correlation({ both, onlyFirst, onlySecond, neither }: PairedCounts): number {
  const n = both + onlyFirst + onlySecond + neither;
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (margins === 0) return 0;
  const excess = both * neither - onlyFirst * onlySecond;
  return (excess > 0 ? Math.max(excess - n / 2, 0) : excess) / Math.sqrt(margins);
}
