// Whether one run is better than another, as data: by the same validation samples, and over repeats with other seeds.
import * as v from 'valibot';
import type { EvaluatedPart } from '../evaluation/evaluation';
import type { Interval } from '../evaluation/wilson';
import { IdSchema } from '../identifiers';

/** What runs are compared by: the share of right answers, the mean IoU of the classes, or how far numbers are off on average. */
export type ComparedMetric = 'accuracy' | 'iou' | 'off-by';

/** Runs compared at once, the baseline among them. */
export const LEAST_COMPARED = 2;
export const MOST_COMPARED = 8;

/** The baseline first. */
export const ComparedRunsSchema = v.pipe(
  v.array(IdSchema),
  v.minLength(LEAST_COMPARED, 'Choose at least two runs to compare.'),
  v.maxLength(MOST_COMPARED, `Compare at most ${MOST_COMPARED} runs at once. Choose fewer.`),
  v.check((ids) => new Set(ids).size === ids.length, 'Choose each run once.'),
);

/** The level of every verdict. */
export const LEVEL = 0.05;

/** What every test comes to. Differences are the other's value less the baseline's. */
interface Tested {
  metric: ComparedMetric;
  baseline: number;
  other: number;
  difference: number;
  /** Of the difference, with 95 %. */
  interval: Interval;
  /** How often luck alone brings a difference as large as this or larger. */
  p: number;
  /** The same, among as many comparisons as were made (Holm). */
  corrected: number;
  compared: number;
}

/** By the samples that both were judged by. */
export interface SamplesVerdict extends Tested {
  kind: 'samples';
  test: 'McNemar' | 'bootstrap';
  part: EvaluatedPart;
  samples: number;
  /** Samples that only one of them gets right, and the power that follows of them; of classes alone. */
  counts?: {
    both: number;
    onlyBaseline: number;
    onlyOther: number;
    neither: number;
    /** How often as many samples would show a true difference as large as this one; the smallest that they show in 80 of 100 cases. */
    power: number;
    detectable: number;
  };
}

/** By runs of the same settings with the same seeds. */
export interface RepeatsVerdict extends Tested {
  kind: 'repeats';
  /** Wilcoxon's from six pairs on: of fewer it cannot show anything. */
  test: 'paired t' | 'Wilcoxon';
  seeds: number[];
  /** Each seed held out other samples of the same data, so repeats are less apart than independent ones. */
  drawnAnew: boolean;
  /** How often as many repeats would show a true difference as large as this one (of the t test). */
  power: number;
}

/** Repeats that are all as far apart: how much of that is luck no test can say. */
export interface NoSpread {
  kind: 'no-spread';
  metric: ComparedMetric;
  seeds: number[];
  /** The other's value less the baseline's, of every pair. */
  difference: number;
}

/** Why two runs cannot be compared by their samples. */
export type Refusal =
  | { kind: 'refused'; because: 'other-task' | 'other-data' | 'one-sample' }
  /** `shared`: those of the baseline's that the other holds out, too. */
  | { kind: 'refused'; because: 'other-samples'; baseline: number; other: number; shared: number }
  | { kind: 'refused'; because: 'not-judged'; run: 'baseline' | 'other'; problem: string };

/** Whose evaluations are compared, the baseline's first. */
export interface ComparisonQuestion {
  runFolders: string[];
  part: EvaluatedPart;
  /** Those that were not judged are left out; absent: where there are some, they are named and nothing is tested. */
  asFarAsKept?: true;
}

/** By what is kept of evaluations. */
export interface KeptComparison {
  /** Of each run but the baseline, in order; none where nothing was tested. */
  verdicts: (SamplesVerdict | Refusal)[];
  /** Places of runs, the baseline's 0, of which nothing is kept: they have to be judged first. */
  missing: number[];
}

export interface ComparedRun {
  runId: string;
  /** It differs from the baseline by its seed alone. */
  isRepeat?: true;
  samples: SamplesVerdict | Refusal;
  /** Absent: there are no two pairs of repeats. */
  repeats?: RepeatsVerdict | NoSpread;
}

export interface Comparison {
  baseline: string;
  others: ComparedRun[];
}

/** Samples on which two models are furthest apart, by their index in the version: of classes those that one alone gets right. */
export interface Disagreements {
  part: EvaluatedPart;
  /** Empty where a number is learnt. */
  labels: string[];
  /** The baseline is right, or nearer; the other is. The most at once: MOST_DISAGREEING of each. */
  baselineBetter: Disagreement[];
  otherBetter: Disagreement[];
  /** How many there are of each. */
  counts: { baselineBetter: number; otherBetter: number };
}

export const MOST_DISAGREEING = 1_000;

export interface Disagreement {
  index: number;
  /** A place in `labels`, or the number that is so; absent of masks. */
  truth?: number;
  /** What each says: a place in `labels`, the IoU of its mask, or a number. */
  baseline: number;
  other: number;
}

export const isLowerBetter = (metric: ComparedMetric): boolean => metric === 'off-by';

export type Conclusion = 'better' | 'worse' | 'not shown' | 'same';

/** Of the other run beside the baseline. */
export function conclusionOf({ metric, difference, corrected }: Pick<Tested, 'metric' | 'difference' | 'corrected'>): Conclusion {
  if (difference === 0) return 'same';
  // Not a number shows nothing.
  if (!(corrected <= LEVEL)) return 'not shown';
  return difference < 0 === isLowerBetter(metric) ? 'better' : 'worse';
}
