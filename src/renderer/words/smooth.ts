// Smoothing a curve: an exponential moving average that knows how far apart its points are, so that a thinned curve looks like the whole one.
import type { StepPoint } from '#shared/curve';

export interface Point {
  x: number;
  y: number;
}

/**
 * @param share of the average that is kept from one step to the next, from 0 (the curve itself) to below 1
 * @returns as many points; what is not a number is passed over and stays where it is
 */
export function smoothed(points: readonly Point[], share: number): Point[] {
  if (share <= 0) return [...points];
  let sum = 0;
  let weight = 0;
  let before: number | undefined;
  return points.map(({ x, y }) => {
    if (!Number.isFinite(y)) return { x, y };
    const kept = before === undefined ? 0 : share ** Math.max(1, x - before);
    // Weighing by what there was so far begins at the first value instead of at 0.
    sum = sum * kept + y * (1 - share);
    weight = weight * kept + (1 - share);
    before = x;
    return { x, y: sum / weight };
  });
}

/** Of a thinned curve, what each stretch comes to on average: its extremes are drawn, and are no measure of it. */
export const smoothedCurve = (steps: readonly StepPoint[], of: 'loss' | 'accuracy', share: number): Point[] =>
  smoothed(
    steps.map(({ step, mean, ...own }) => ({ x: step, y: (mean ?? own)[of] })),
    share,
  );
