// Pictures with masks, where every pixel has a class: what a check finds, how they are imported, what a version of them says.
import { fixed, withUnit } from './language';
import * as v from 'valibot';
import type { PackedPictures, PictureFacts, SummaryFacts } from './dataset';
import { ClassMapSchema } from './dataset-edits';
import { STORED_SIZE } from './stored-size';

/** Sides of pictures that a U-Net takes are multiples of this: it halves them four times. */
export const SIDE_MULTIPLE = 16;

/** How masks write a class: as a number (a grey value, a place in a palette) or as a colour. */
export type MaskCoding = 'numbers' | 'colours';

export interface MaskClass {
  label: string;
  /** As the masks have it: "3", "#ff0000". */
  written: string;
  /** Altogether, and the pictures that have any. */
  pixels: number;
  pictures: number;
}

/** A picture with its mask, small, to look at before anything is imported. */
export interface MaskPreview {
  file: string;
  width: number;
  height: number;
  /** uint8 height × width × 3. */
  pixels: Uint8Array;
  /** Places in `classes`, height × width. */
  mask: Uint8Array;
}

export interface MaskCheck extends PictureFacts {
  kind: 'segmentation';
  coding: MaskCoding;
  classes: MaskClass[];
  previews: MaskPreview[];
  suggested: MaskOptions;
}

export const MaskOptionsSchema = v.object({
  kind: v.literal('segmentation'),
  ...STORED_SIZE,
  /** Pictures to leave out besides the broken ones, relative names. */
  leaveOut: v.optional(v.array(v.string())),
  /** Of a class that is left out the pixels have no class. */
  classes: v.optional(ClassMapSchema),
  /** Pictures of one folder stay on one side of the split. */
  keepGroups: v.optional(v.boolean()),
});
export type MaskOptions = v.InferOutput<typeof MaskOptionsSchema>;

/**
 * Beside samples.bin lies masks.bin: count × height × width bytes, each a place in `labels` or IGNORED (mask-index.ts). A sample's `label`, which the split
 * is stratified by, is the class that most of it belongs to besides the first one; where all of it is the first, that.
 */
export interface SegmentationManifest extends PackedPictures {
  kind: 'segmentation';
  coding: MaskCoding;
  /** One for each label. */
  classes: MaskClass[];
}

export interface SegmentationSummary extends SummaryFacts {
  kind: 'segmentation';
  width: number;
  height: number;
  channels: 1 | 3;
}

const BETWEEN = ', ';
/** Values of masks that are one class, as `written` has them. */
export const writtenTogether = (...values: string[]): string => values.join(BETWEEN);
export const valuesIn = (written: string): string[] => written.split(BETWEEN);

/** What masks with this value are called where it is known. */
export const classOfValue = (classes: readonly MaskClass[], value: string): string | undefined =>
  classes.find(({ written }) => valuesIn(written).includes(value))?.label;

/** Of all pixels that have a class: "12.3 %" for each. */
export function percentShares(classes: readonly Pick<MaskClass, 'pixels'>[]): string[] {
  const all = classes.reduce((sum, { pixels }) => sum + pixels, 0);
  return classes.map(({ pixels }) => withUnit(all > 0 ? fixed((100 * pixels) / all, 1) : 0, '%'));
}
