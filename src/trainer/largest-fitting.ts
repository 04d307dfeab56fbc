// How many samples go at once, found by trying: from one up, as the planner does, because a first call is refused only when the memory was taken.
import type { Workbench } from '#engine/mbp';
import { GROWTH, largestPiece, localFit } from '#engine/planner';
import { halved } from './halved';

export interface Tried {
  /** Samples at once. */
  micro: number;
  peakBytes: number;
  milliseconds: number;
}

/**
 * @param most samples at once, whatever would fit
 * @param work one call with so many samples; nothing may be left of it but its function
 * @throws FailureError out-of-memory where one does not fit
 */
export function largestFitting(bench: Pick<Workbench, 'meter' | 'programs'>, most: number, work: (micro: number) => void): Tried {
  const { meter } = bench;
  const points: Tried[] = [];
  for (let micro = 1; ;) {
    try {
      meter.resetPeak();
      const begin = performance.now();
      work(micro);
      points.push({ micro, peakBytes: meter.devicePeakBytes, milliseconds: performance.now() - begin });
    } catch (error) {
      halved(bench, error, micro);
      break;
    }
    const allowed = points.length === 1 ? 2 : Math.min(GROWTH * micro, largestPiece(localFit(points), meter.limitBytes));
    if (Math.min(most, allowed) <= micro) break;
    micro = Math.min(most, allowed);
  }
  meter.resetPeak();
  return points[points.length - 1];
}
