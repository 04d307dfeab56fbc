// How much of each class packed masks have: pixels, and pictures that show any of it.
import type { MaskClass } from '#shared/segmentation';

export const noneOf = (classes: readonly Pick<MaskClass, 'label' | 'written'>[]): MaskClass[] =>
  classes.map(({ label, written }) => ({ label, written, pixels: 0, pictures: 0 }));

/** `by` −1: a mask that goes. */
export function countMask(classes: MaskClass[], mask: Uint8Array, by: 1 | -1 = 1): void {
  const counts = new Uint32Array(256);
  for (const index of mask) counts[index]++;
  classes.forEach((one, i) => {
    one.pixels += by * counts[i];
    if (counts[i] > 0) one.pictures += by;
  });
}
