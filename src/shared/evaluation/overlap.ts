// How masks found and masks that are lie over one another: IoU and Dice of each class, over all pictures and of each picture.
import type { MaskEvaluation } from './evaluation';

export interface Overlap {
  both: number;
  found: number;
  so: number;
  /** Share of the pixels of either that are of both; NaN where there is neither. */
  iou: number;
  /** As IoU, with those of both counted twice. */
  dice: number;
}

const overlapOf = (both: number, found: number, so: number): Overlap => ({
  both,
  found,
  so,
  iou: both / (found + so - both),
  dice: (2 * both) / (found + so),
});

/** Of each class, over all pictures: counts are summed before they are divided. `times`: how often each picture counts; absent: once. */
export function classOverlaps({ labels, counts }: Pick<MaskEvaluation, 'labels' | 'counts'>, times?: Uint32Array): Overlap[] {
  const sums = new Float64Array(3 * labels.length);
  for (let at = 0, picture = 0; at < counts.length; at += sums.length, picture++) {
    const weight = times ? times[picture] : 1;
    if (weight > 0) for (let i = 0; i < sums.length; i++) sums[i] += weight * counts[at + i];
  }
  return labels.map((_, label) => overlapOf(sums[3 * label], sums[3 * label + 1], sums[3 * label + 2]));
}

/** Of one picture, class by class. */
export function sampleOverlaps({ labels, counts }: MaskEvaluation, sample: number): Overlap[] {
  const at = 3 * labels.length * sample;
  return labels.map((_, label) => overlapOf(counts[at + 3 * label], counts[at + 3 * label + 1], counts[at + 3 * label + 2]));
}

/** Over the classes that occur; NaN where none does. */
export function meanIou(overlaps: readonly Overlap[]): number {
  const known = overlaps.filter(({ iou }) => !Number.isNaN(iou));
  return known.reduce((sum, { iou }) => sum + iou, 0) / known.length;
}

/** Share of the pixels with a class that were found right. */
export function pixelsRight(overlaps: readonly Overlap[]): number {
  const sum = (of: (overlap: Overlap) => number) => overlaps.reduce((all, overlap) => all + of(overlap), 0);
  return sum(({ both }) => both) / sum(({ so }) => so);
}
