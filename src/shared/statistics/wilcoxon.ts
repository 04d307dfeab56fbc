// Wilcoxon's signed-rank test of paired differences: exact for up to 50, ties and all; by the normal approximation beyond.
import { normalCdf } from './special-functions';

const MOST_EXACT = 50;

/** Two-sided. Pairs without a difference say nothing and are left out; of none of the others 1. */
export function wilcoxonP(differences: readonly number[]): number {
  const apart = differences.filter((difference) => difference !== 0);
  if (apart.length === 0) return 1;
  const ranks = midRanks(apart.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => sum + (apart[i] > 0 ? rank : 0), 0);
  return apart.length <= MOST_EXACT ? exactP(ranks, positive) : normalP(ranks, positive);
}

/** Ranks from 1; equal values share the mean of theirs. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** Every way of sharing out the signs, counted by the sum that it gives; twice the ranks are whole numbers. */
function exactP(ranks: readonly number[], positive: number): number {
  const most = 2 * ranks.reduce((sum, rank) => sum + rank, 0);
  const share = new Float64Array(most + 1);
  share[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const twice = 2 * rank;
    reached += twice;
    for (let sum = reached; sum >= 0; sum--) share[sum] = (share[sum] + (sum >= twice ? share[sum - twice] : 0)) / 2;
  }
  const lesser = Math.min(2 * positive, most - 2 * positive);
  return Math.min(1, 2 * share.subarray(0, lesser + 1).reduce((sum, value) => sum + value, 0));
}

function normalP(ranks: readonly number[], positive: number): number {
  const n = ranks.length;
  const tied = new Map<number, number>();
  for (const rank of ranks) tied.set(rank, (tied.get(rank) ?? 0) + 1);
  const ties = [...tied.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  return 2 * normalCdf(-Math.abs(positive - (n * (n + 1)) / 4) / Math.sqrt(variance));
}
