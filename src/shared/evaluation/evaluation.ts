// What a model said of every sample of a part of its data, beside what is so: what all figures of "How good is it" are made from.
import type { DataSort } from '../data-sort';

export const EVALUATED_PARTS = ['validation', 'test'] as const;
export type EvaluatedPart = (typeof EVALUATED_PARTS)[number];

interface Facts {
  part: EvaluatedPart;
  /** Each sample's index in the version, in the order of everything else here. */
  indices: Int32Array;
}

export interface ClassEvaluation extends Facts {
  kind: 'classes';
  labels: string[];
  /** Places in `labels`. */
  truth: Int32Array;
  /** n × labels. */
  probabilities: Float32Array;
}

/** Pixels without a class are counted nowhere. */
export interface MaskEvaluation extends Facts {
  kind: 'masks';
  labels: string[];
  /** n × labels × 3: pixels that were found to be of the class and are, that were found to be, that are. */
  counts: Uint32Array;
}

export interface NumberEvaluation extends Facts {
  kind: 'number';
  target: string;
  /** In the target's own unit. */
  truth: Float64Array;
  predicted: Float64Array;
}

export type Evaluation = ClassEvaluation | MaskEvaluation | NumberEvaluation;

/** How it came about: what says whether it still holds, and how far it may be believed. */
export interface EvaluationFacts {
  /** SHA-256 of the weights, and of the data's content. */
  weights: string;
  data: string;
  sort: DataSort;
  /** Samples of each part; 0: there is no such part. */
  validation: number;
  test: number;
  /** The validation part was used to choose what was saved, as the end of "…, because". */
  chosenBy?: string;
  /** How often the test part was scored while the run went on afterwards; absent: never. */
  testScoresBefore?: number;
  /** What it was judged with, where that is not the run's own engine. */
  engine?: string;
}

/** Which part of which run is to be judged, and where its data lie. */
export interface EvaluationQuestion {
  runFolder: string;
  datasetFolder: string;
  part: EvaluatedPart;
  /** Samples at once at most: more have been the end of a process. */
  mostMicro?: number;
}

/** Pictures as a model of masks sees them, with the masks that are and those it finds. */
export interface MaskViews {
  width: number;
  height: number;
  channels: 1 | 3;
  /** n × height × width × channels. */
  pixels: Uint8Array;
  /** n × height × width places in the labels; IGNORED where none is given. */
  truth: Uint8Array;
  found: Uint8Array;
}

/** Asked for at once. */
export const MOST_MASK_VIEWS = 64;

/** What the page and the CLI are answered with. */
export interface Evaluated {
  facts: EvaluationFacts;
  evaluation: Evaluation;
  /** A sentence where it could not be written down. */
  notKept?: string;
}
