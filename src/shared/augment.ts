// How training pictures are varied: which changes, and how strong each may be. Absent means not done.
import { withMark } from './language';
import * as v from 'valibot';

interface Augmentation {
  /** The strength where a person names none. */
  usual: number;
  most: number;
  /** What the strength is, in words. */
  about: string;
}

export const AUGMENTATIONS = {
  flip: { usual: 0.5, most: 1, about: 'share of the pictures that are mirrored, left to right' },
  crop: { usual: 0.125, most: 0.5, about: 'pictures are moved by up to this share of a side; what comes in is black' },
  zoom: {
    usual: 0.5,
    most: 0.95,
    about: 'a random part is cut out and enlarged (random resized crop); up to this share of the area is cut away',
  },
  rotate: { usual: 15, most: 180, about: 'degrees that pictures are turned by at most, either way' },
  colour: { usual: 0.2, most: 1, about: 'brightness, contrast and saturation change by up to this share' },
  cutout: { usual: 0.25, most: 0.9, about: 'a grey square with sides of this share of the picture’s covers a random place' },
  mixup: { usual: 0.2, most: 10, about: 'pictures and labels are mixed in pairs; the number is alpha of the Beta distribution' },
} as const satisfies Record<string, Augmentation>;

export type AugmentationName = keyof typeof AUGMENTATIONS;
export const AUGMENTATION_NAMES = Object.keys(AUGMENTATIONS) as AugmentationName[];

const strength = (name: AugmentationName) => {
  const { most } = AUGMENTATIONS[name];
  return v.optional(
    v.pipe(
      v.number(`The strength of ${name} must be a number.`),
      v.minValue(0, `The strength of ${name} must be at least 0.`),
      v.maxValue(most, `The strength of ${name} must be at most ${withMark(most)}.`),
    ),
  );
};

export const AugmentSchema = v.strictObject(
  {
    flip: strength('flip'),
    crop: strength('crop'),
    zoom: strength('zoom'),
    rotate: strength('rotate'),
    colour: strength('colour'),
    cutout: strength('cutout'),
    mixup: strength('mixup'),
  } satisfies Record<AugmentationName, unknown>,
  `Augmentation takes only: ${AUGMENTATION_NAMES.join(', ')}.`,
);

/** Strength by name; 0 and absent are the same. */
export type Augment = v.InferOutput<typeof AugmentSchema>;

/** Whether any picture looks different from time to time. */
export const isVaried = (augment: Augment = {}): boolean =>
  Object.values(augment).some((strength) => strength !== undefined && strength > 0);

/** From "flip,rotate:10": each with the strength after its colon, or the usual one; from "none" nothing. Answers a sentence where it cannot be read. */
export function parseAugment(text: string): Augment | string {
  const result: { [K in AugmentationName]?: number } = {};
  if (text.trim() === 'none') return result;
  for (const part of text.split(',').map((word) => word.trim())) {
    const [word, amount, ...rest] = part.split(':');
    const name = AUGMENTATION_NAMES.find((known) => known === word);
    if (!name) return `There is no augmentation "${word}". Choose from: ${AUGMENTATION_NAMES.join(', ')}.`;
    const value = amount === undefined ? AUGMENTATIONS[name].usual : amount.trim() === '' ? NaN : Number(amount);
    if (rest.length > 0 || !Number.isFinite(value))
      return `The strength in "${part}" must be a number, as in ${name}:${AUGMENTATIONS[name].usual}.`;
    result[name] = value;
  }
  return result;
}
