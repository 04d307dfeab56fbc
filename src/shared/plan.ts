// How a mini-batch will be cut to stay inside the budget, and what that does to the result.
import type { Pace } from './pace';

/** Peak bytes of one training call at a micro-batch size: a + b · N_μ, above the loaded engine. */
export interface MemoryFit {
  fixedBytes: number;
  bytesPerSample: number;
}

export interface MeasuredPoint {
  micro: number;
  peakBytes: number;
  milliseconds: number;
}

export interface Plan {
  /** N_B. */
  batch: number;
  /** N_μ: the largest piece. */
  micro: number;
  /** Sizes of the pieces of a full mini-batch, near-equal, their sum is N_B. */
  pieces: number[];
  /** Counted bytes above the loaded engine, at the worst moment of the run. */
  peakBytes: number;
  budgetBytes: number;
  /** Bytes one whole mini-batch would need in one piece. */
  wholeBatchBytes: number;
  fit: MemoryFit;
  measured: MeasuredPoint[];
  memory: MemoryParts;
  verdict: Verdict;
  /** Where activations are kept in 8 bits: how far that moved a gradient, relative (0.01 is one per cent). */
  gradientEffect?: number;
  /** Present where exact BatchNorm runs the batch stage by stage. */
  stages?: ExactStages;
  secondsPerEpoch: number;
  /** What the epoch's time was put together of; absent where a run made its plan itself: that of pieces alone is known then. */
  pace?: Pace;
  /** Share of the work that others took from it while its time was measured, 0 to 1. */
  disturbed?: number;
  /** Host memory for samples that are read ahead, part of every peak here; absent: none is counted. */
  heldBytes?: number;
  /** A part is trained on what the rest saw of each picture: its figures are of no other run. */
  onFeatures?: true;
  /** Before the first epoch, once: the part that stays as it is looks at each picture; absent: nothing. */
  secondsBefore?: number;
}

/** How mini-batches were cut before, for a run that goes on or is repeated: it is to end with the same numbers. */
export interface Cut {
  micro: number;
  /** Of a batch that is computed stage by stage: as there. */
  kept?: number[];
}

export const cutOf = ({ micro, stages }: Pick<Plan, 'micro' | 'stages'>): Cut => ({ micro, ...(stages && { kept: stages.kept }) });

export interface ExactStages {
  count: number;
  /** Host memory for what passes between stages, at its most; part of peakBytes except on a graphics card. */
  parkedBytes: number;
  /** Places of the network whose values are parked; others that later stages need are computed again. */
  kept: number[];
  /** What is computed again for that, as a share of one forward pass. */
  recomputedShare: number;
}

/** The stacked bar: what the peak consists of, bytes. */
export interface MemoryParts {
  parameters: number;
  accumulator: number;
  optimizer: number;
  activations: number;
}

/** Is the result that of one batch of N_B? */
export type Verdict = { kind: 'identical'; because?: string } | { kind: 'not-identical'; because: string; remedy: string };
