// How much of each class packed masks have: pixels, and pictures that show any of it.
import type { MaskClass } from '#shared/segmentation';

export const noneOf = (classes: readonly Pick<MaskClass, 'label' | 'written'>[]): MaskClass[] =>
  classes.map(({ label, written }) => ({ label, written, pixels: 0, pictures: 0 }));

/** Pixels of each of so many classes in one mask. */
export function countsIn(mask: Uint8Array, classes: number): number[] {
  const counts = new Uint32Array(256);
  for (const index of mask) counts[index]++;
  return [...counts.subarray(0, classes)];
}

/** Of one picture. `by` −1: it goes. */
export function addCounts(classes: MaskClass[], counts: readonly number[], by: 1 | -1 = 1): void {
  classes.forEach((one, i) => {
    one.pixels += by * counts[i];
    if (counts[i] > 0) one.pictures += by;
  });
}
