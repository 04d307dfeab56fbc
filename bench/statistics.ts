// Medians, quartiles and ratios of rounds.

export interface Spread {
  median: number;
  lowest: number;
  highest: number;
  /** First and third quartile. */
  quartiles: [number, number];
}

/** Linear interpolation between neighbours, as NumPy's default. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowest: sorted[0],
    highest: sorted[sorted.length - 1],
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
  };
}

/** Place of the row with the highest median. */
export function best(rows: readonly (readonly number[])[]): number {
  const medians = rows.map((row) => spread(row).median);
  return medians.indexOf(Math.max(...medians));
}

/** a ÷ b round by round: what slows a whole round down slows both. */
export const ratios = (a: readonly number[], b: readonly number[]): number[] => a.map((value, round) => value / b[round]);

/** Of the straight line through points [x, y], least squares. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
}
