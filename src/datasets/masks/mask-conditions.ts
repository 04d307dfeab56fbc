// Conditions without which pictures with masks are nothing to learn from, and what is worth knowing of them.
import { locale } from '#shared/language';
import type { SplitName } from '#shared/dataset';
import { MOST_MASK_CLASSES } from '#shared/mask-index';
import type { MaskClass } from '#shared/segmentation';
import { counted, listed } from '../class-counts';

interface Counted {
  classes: readonly MaskClass[];
  /** Pictures that can be used. */
  usable: number;
  toLearnFrom: number;
}

/** Not set aside by the data themselves. */
export const isLearntFrom = ({ split }: { split: SplitName }): boolean => split === 'train' || split === 'none';

/** One sentence each: what is missing and what to do. None means Ready. */
export function maskConditions({ classes, usable, toLearnFrom }: Counted): string[] {
  if (usable === 0)
    return [
      'No picture in it has a mask that can be used. What is wrong is said of each file; most often masks are to be saved anew as PNG by the program that made them.',
    ];
  const conditions: string[] = [];
  if (toLearnFrom === 0) conditions.push('No picture is in the training part, so nothing can be learnt. Put some there.');
  if (classes.length < 2) {
    conditions.push(
      `All pixels of all masks have one value${classes[0] ? `, ${classes[0].written}` : ''}, and at least two classes are needed. Choose masks that mark something.`,
    );
  }
  if (classes.length > MOST_MASK_CLASSES) {
    conditions.push(
      `The masks have ${counted(classes.length, 'different value', 'different values')}, and at most ${MOST_MASK_CLASSES} classes are learnt. Masks that number single things, one value each, are not read; save them with one value a class.`,
    );
  }
  return conditions;
}

/** Of all pixels. */
const RARE = 0.005;
const FEW_PICTURES = 10;

export function maskAdvice(classes: readonly MaskClass[]): string[] {
  const all = classes.reduce((sum, { pixels }) => sum + pixels, 0);
  const rare = classes.filter(({ pixels }) => pixels > 0 && pixels < RARE * all).map(({ label }) => label);
  const few = classes.filter(({ pictures }) => pictures < FEW_PICTURES).map(({ label }) => label);
  return [
    ...(few.length > 0
      ? [`Fewer than ${FEW_PICTURES} pictures show ${listed(few)}: results for so few are mostly luck. Add more if you can.`]
      : []),
    ...(rare.length > 0
      ? [
          `Less than ${(100 * RARE).toLocaleString(locale)} % of the pixels are ${listed(rare)}: a loss with Dice finds rare classes better than cross-entropy.`,
        ]
      : []),
  ];
}
