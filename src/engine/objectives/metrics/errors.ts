// Mean absolute error and R² of values. Sums of squares are of differences to a number near the targets' mean, so that nothing cancels:
// the mean of the first piece, which is carried with the sums.
import {
  abs,
  add,
  cast,
  concat,
  equal,
  mean as meanOf,
  mul,
  reshape,
  scalar,
  slice,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Metric } from '../objective';
import { rowsOf } from '../positions';
import { channelsOf } from './decisions';
import { mean } from './overlap';

/** After the count, for each output: centre, Σ (t − centre), Σ (t − centre)², Σ |y − t|, Σ (y − t)². */
const SUMS = 5;

interface Sums {
  count: number;
  centre: number[];
  shifted: number[];
  squares: number[];
  absolute: number[];
  residual: number[];
}

export interface ErrorSettings {
  /** What one of the outputs is in the unit that errors are told in; absent: 1. */
  unit?: number;
}

export const errors = ({ unit = 1 }: ErrorSettings = {}): Metric => ({
  length: (output) => 1 + SUMS * channelsOf(output),
  tally: ({ output, targets, carried }) => {
    const [y, t] = [rowsOf(output), rowsOf(targets[0])];
    const channels = y.shape[1]!;
    const before = carried();
    const isFirst = cast(equal(slice(before, [0], [1]), 0), 'float32');
    const started = mul(meanOf(t, 0), isFirst);
    const shifted = sub(t, add(slice(before, [1], [channels]), started));
    const error = sub(y, t);
    const columns = [started, ...[shifted, square(shifted), abs(error), square(error)].map((x: Tensor) => sum(x, 0))];
    return concat([reshape(scalar(y.shape[0]), [1]), ...columns]);
  },
  merge: (a, b) => flat(merged(sumsOf(a), sumsOf(b))),
  scores: (counts) => {
    const { count, shifted, squares, absolute, residual } = sumsOf(counts);
    const spread = squares.map((value, k) => value - shifted[k] ** 2 / count);
    const r2 = residual.map((value, k) => (spread[k] > 0 ? 1 - value / spread[k] : NaN));
    const off = absolute.map((value) => (unit * value) / count);
    return [
      { name: 'MAE', value: mean(off), each: off },
      { name: 'R²', value: mean(r2), each: r2 },
    ];
  },
});

function sumsOf([count, ...rest]: readonly number[]): Sums {
  const channels = rest.length / SUMS;
  const [centre, shifted, squares, absolute, residual] = Array.from({ length: SUMS }, (_, i) =>
    rest.slice(i * channels, (i + 1) * channels),
  );
  return { count, centre, shifted, squares, absolute, residual };
}

const flat = ({ count, centre, shifted, squares, absolute, residual }: Sums): number[] => [
  count,
  ...[centre, shifted, squares, absolute, residual].flat(),
];

/** b's sums moved to a's centre. */
function merged(a: Sums, b: Sums): Sums {
  if (a.count === 0) return b;
  const by = b.centre.map((centre, k) => centre - a.centre[k]);
  const added = (x: number[], y: number[]): number[] => x.map((value, k) => value + y[k]);
  const moved = b.shifted.map((value, k) => value + b.count * by[k]);
  const movedSquares = b.squares.map((value, k) => value + 2 * by[k] * b.shifted[k] + b.count * by[k] ** 2);
  return {
    count: a.count + b.count,
    centre: a.centre,
    shifted: added(a.shifted, moved),
    squares: added(a.squares, movedSquares),
    absolute: added(a.absolute, b.absolute),
    residual: added(a.residual, b.residual),
  };
}
