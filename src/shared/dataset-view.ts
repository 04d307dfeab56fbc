// What a page shows of a version: whose every sample is known by its index, and whose pictures are read a few at a time.
import * as v from 'valibot';
import type { FileProblem } from './dataset';
import { RunSpecSchema } from './run-spec';
import type { MaskClass } from './segmentation';

export const SplitSettingsSchema = v.object({
  validationShare: RunSpecSchema.entries.validationShare,
  seed: RunSpecSchema.entries.seed,
});
export type SplitSettings = v.InferOutput<typeof SplitSettingsSchema>;

/** Where a sample is: in the test part or nowhere, learnt from, or measured with. */
export const SIDES = ['test', 'train', 'validation'] as const;

export interface VersionView {
  labels: string[];
  width: number;
  height: number;
  channels: 1 | 3;
  /** One each sample: its place in `labels`, and its place in SIDES under the split asked for. */
  sampleLabels: Int32Array;
  sides: Uint8Array;
  ownSplit: boolean;
  /** Different groups that stay on one side. */
  groups: number;
  /** Sizes the pictures had when they were imported; absent where that is not known. */
  sizes?: { width: number; height: number; count: number }[];
  leftOut: FileProblem[];
  /** Where every pixel has a class: what each label is in the masks. */
  maskClasses?: MaskClass[];
}

/** Pictures of samples, made smaller where they are larger than asked for. */
export interface SampleTiles {
  width: number;
  height: number;
  channels: 1 | 3;
  /** uint8 n × height × width × channels. */
  pixels: Uint8Array;
  /** Classes of the pixels, n × height × width, where there are masks. */
  masks?: Uint8Array;
  files: string[];
}

/** Read at once. */
export const MOST_TILES = 512;
export const TileRequestSchema = v.object({
  indices: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(MOST_TILES)),
  /** Longest edge in pixels. */
  side: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
});
export type TileRequest = v.InferOutput<typeof TileRequestSchema>;

export interface Thumbnail {
  label: string;
  file: string;
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
  /** Classes of the pixels, where the data has masks. */
  mask?: Uint8Array;
}
