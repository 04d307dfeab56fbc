// What a data set is to every process: the report of its checks, and an immutable imported version.
import * as v from 'valibot';
import { ClassMapSchema } from './dataset-edits';
import { MaskOptionsSchema, type MaskCheck, type SegmentationManifest, type SegmentationSummary } from './segmentation';
import { STORED_SIZE } from './stored-size';
import type { VersionDifference } from './version-difference';
import { TableOptionsSchema, type TableCheck, type TableManifest, type TableSummary } from './table';

export type ProblemKind =
  | 'unreadable'
  | 'empty-file'
  | 'truncated'
  | 'wrong-extension'
  | 'unsupported'
  | 'duplicate'
  | 'near-duplicate'
  | 'leak'
  | 'label-conflict'
  | 'too-large'
  | 'not-a-picture'
  | 'outside-folder'
  | 'missing'
  | 'unlabeled'
  | 'left-out'
  | 'ragged-row'
  | 'no-target'
  | 'not-a-value'
  | 'no-mask'
  | 'no-picture'
  | 'size-mismatch'
  | 'not-a-mask'
  | 'odd-values'
  | 'empty-mask';

/** One file (or line of a table) that needs a decision. */
export interface FileProblem {
  /** Relative to the chosen folder; of a table "line 17". */
  file: string;
  kind: ProblemKind;
  /** One sentence: what is wrong and what to do. */
  message: string;
  /** An error is left out of the import; a warning is imported. */
  severity: 'error' | 'warning';
}

export interface ClassCount {
  label: string;
  count: number;
  bytes: number;
}

/** How pictures were found to lie, and where their labels come from. */
export type PictureLayout =
  'class-folders' | 'split-class-folders' | 'listed' | 'named' | 'idx' | 'cifar' | 'numpy' | 'mask-folders' | 'mask-suffix';

/** What every check finds, before anything is copied. */
export interface CheckFacts {
  name: string;
  /** One sentence, e.g. "10 classes, 1,797 pictures, no split found". */
  summary: string;
  problems: FileProblem[];
  /** Conditions that forbid an import, one sentence each; empty means Ready. */
  blocking: string[];
  /** Things worth knowing that do not forbid it: imbalance, tiny classes, mixed sizes. */
  advice: string[];
}

/** What every check of pictures finds. */
export interface PictureFacts extends CheckFacts {
  layout: PictureLayout;
  /** Own split found in the folders (train/val/test), counted; undefined where there is none. */
  ownSplit?: { train: number; validation: number; test: number };
  pictures: number;
  /** Sizes found, most frequent first, at most eight. */
  sizes: { width: number; height: number; count: number }[];
  /** Grey and colour together are all pictures; those with transparency are among them. */
  colours: { grey: number; colour: number; alpha: number };
  /** Different groups the pictures come in; absent: none. */
  groups?: number;
}

export interface PictureCheck extends PictureFacts {
  kind: 'image-classes';
  classes: ClassCount[];
  /** They look like pictures with their masks: what tells, in one sentence. */
  likelyMasks?: string;
  suggested: PictureOptions;
}

export type CheckReport = PictureCheck | MaskCheck | TableCheck;

const LabelPatternSchema = v.pipe(v.string(), v.maxLength(200));

/** What pictures are learnt for: a class for each, or one for every pixel. */
export type PictureKind = 'image-classes' | 'segmentation';

/** What a person says of data before anything is looked at; what is absent is found by looking. */
export const SourceChoicesSchema = v.strictObject({
  kind: v.optional(v.picklist(['image-classes', 'segmentation'])),
  labelPattern: v.optional(LabelPatternSchema),
  table: v.optional(TableOptionsSchema),
});
export type SourceChoices = v.InferOutput<typeof SourceChoicesSchema>;

export const PictureOptionsSchema = v.object({
  kind: v.optional(v.literal('image-classes')),
  ...STORED_SIZE,
  /** Where names carry the labels: how they are read from them, e.g. "{label}_{number}". */
  labelPattern: v.optional(LabelPatternSchema),
  /** Files to leave out besides the broken ones, relative names. */
  leaveOut: v.optional(v.array(v.string())),
  classes: v.optional(ClassMapSchema),
  /** Pictures of one group (a folder below their class, a column of a table of names) stay on one side of the split. */
  keepGroups: v.optional(v.boolean()),
});
export type PictureOptions = v.InferOutput<typeof PictureOptionsSchema>;

/** Of pictures that are added to a version; how they are stored is settled by it. */
export const AddOptionsSchema = v.union([PictureOptionsSchema, MaskOptionsSchema]);
export type AddOptions = v.InferOutput<typeof AddOptionsSchema>;

export const ImportOptionsSchema = v.union([PictureOptionsSchema, MaskOptionsSchema, TableOptionsSchema]);
export type ImportOptions = v.InferOutput<typeof ImportOptionsSchema>;

export type SplitName = 'train' | 'validation' | 'test' | 'none';

/** What a split goes by: it never depends on what came after a sample, so no later change moves it (datasets/split.ts). */
export interface SplitPlace {
  /** Samples of one group are never parted, e.g. the pictures of one patient. */
  group?: string;
  /** The version of this data set it came with; absent: the first. */
  since?: number;
  /** The class it had then, where it has another now. */
  stratum?: string;
  /** What its place is drawn by, where that is not its content: its name, in data sets imported before rule 2. */
  drawnBy?: string;
}

export interface PictureSample extends SplitPlace {
  file: string;
  label: number;
  split: SplitName;
  /** Half the SHA-256 of its bytes, hexadecimal; absent in versions of rule 1. */
  key?: string;
}

/** A sample that a later version dropped: it still holds its place in the split. */
export interface Departed extends SplitPlace {
  key: string;
  split: SplitName;
  stratum: string;
}

/** What every version's manifest.json says. */
export interface ManifestFacts {
  format: 1;
  name: string;
  /** SHA-256 over everything that is learnt from: the same content is the same version. */
  contentHash: string;
  /** Classes in order; none where the target is a number. */
  labels: string[];
  count: number;
  /** The data brings its own validation part. */
  ownSplit: boolean;
  leftOut: FileProblem[];
  createdAt: string;
}

interface PictureArea {
  width: number;
  height: number;
}

/** So many pictures of that size. */
export interface FoundSize extends PictureArea {
  count: number;
}

/** Beside it samples.bin holds count × height × width × channels bytes (uint8, NHWC). */
export interface PackedPictures extends ManifestFacts {
  width: number;
  height: number;
  channels: 1 | 3;
  /** Per sample, in the order of samples.bin. */
  samples: PictureSample[];
  /** How it is hashed and split (datasets/content-hash.ts, datasets/split.ts); absent: by rule 1, of before there were versions. */
  rule?: 2;
  departed?: Departed[];
  /** Sizes of the pictures as they were found, most frequent first: the first thousand. */
  sizes?: FoundSize[];
  /** Of all of them: the median width and height, and the widest and highest there was. */
  found?: { usual: PictureArea; largest: PictureArea };
}

export interface PictureManifest extends PackedPictures {
  kind: 'image-classes';
}

export type DatasetManifest = PictureManifest | SegmentationManifest | TableManifest;

/** What every row of the data page shows. */
export interface SummaryFacts {
  id: string;
  name: string;
  contentHash: string;
  labels: string[];
  count: number;
  leftOut: number;
  ownSplit: boolean;
  bytesOnDisk: number;
  createdAt: string;
  sample?: string;
  /** The data set it is a version of: the id of its first one. */
  series: string;
  /** From 1. */
  version: number;
  /** From the version it was made from; absent: it was imported. */
  difference?: VersionDifference;
}

export interface PictureSummary extends SummaryFacts {
  kind: 'image-classes';
  width: number;
  height: number;
  channels: 1 | 3;
}

export type DatasetSummary = PictureSummary | SegmentationSummary | TableSummary;

export interface ImportProgress {
  stage: 'look' | 'check' | 'decode' | 'write';
  done: number;
  total: number;
  /** What is counted; absent: samples. */
  unit?: 'bytes';
}

/** An import that was stopped and can go on. */
export interface StoppedAt {
  /** What it left. */
  folder: string;
  done: number;
  total: number;
}

export const SAMPLE_NAMES = ['digits', 'shapes', 'penguins', 'diabetes'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];
export const SampleNameSchema = v.picklist(SAMPLE_NAMES);
