// How far numbers that were predicted are off.
import { fourDigits } from '../metric-words';
import type { NumberEvaluation } from './evaluation';
import { thinned } from './thresholds';

export interface ResidualFigures {
  /** Mean absolute error and root mean squared error, in the target's unit. */
  mae: number;
  rmse: number;
  /** Mean of what was predicted too much (below 0: too little). */
  bias: number;
  /** Share of the target's spread that is explained; NaN where it has none. */
  r2: number;
  /** Half of the predictions are off by less. */
  median: number;
  /** All of them, the worst first, by place in the evaluation. */
  worst: Int32Array;
}

/** "on average it says 1.2 too much". */
export function biasWords(bias: number): string {
  if (bias === 0) return 'on average it says neither too much nor too little';
  const size = fourDigits(Math.abs(bias));
  return bias > 0 ? `on average it says ${size} too much` : `on average it says ${size} too little`;
}

/** Places to draw, by target: the `worst` worst, and of the others evenly along it so that there are at most `most`. */
export function drawnRows(truth: Float64Array, worstFirst: Int32Array, most: number, worst = 100): number[] {
  const along = [...truth.keys()].sort((a, b) => truth[a] - truth[b]);
  if (along.length <= most) return along;
  const kept = new Set([...worstFirst.subarray(0, worst), ...thinned(along, most - worst)]);
  return along.filter((place) => kept.has(place));
}

export function residualFigures({ truth, predicted }: Pick<NumberEvaluation, 'truth' | 'predicted'>): ResidualFigures {
  const n = truth.length;
  const mean = truth.reduce((sum, value) => sum + value, 0) / n;
  let [absolute, squared, signed, spread] = [0, 0, 0, 0];
  truth.forEach((value, i) => {
    const residual = predicted[i] - value;
    absolute += Math.abs(residual);
    squared += residual * residual;
    signed += residual;
    spread += (value - mean) ** 2;
  });
  const off = (i: number): number => Math.abs(predicted[i] - truth[i]);
  const worst = Int32Array.from(truth, (_, i) => i).sort((a, b) => off(b) - off(a) || a - b);
  const middle = [worst[Math.floor((n - 1) / 2)], worst[Math.ceil((n - 1) / 2)]];
  return {
    mae: absolute / n,
    rmse: Math.sqrt(squared / n),
    bias: signed / n,
    r2: spread > 0 ? 1 - squared / spread : NaN,
    median: n === 0 ? NaN : (off(middle[0]) + off(middle[1])) / 2,
    worst,
  };
}
