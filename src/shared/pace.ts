// Where the time of an epoch goes: what is measured of it with a plan, and forecast before.
import type { Precision } from './run-spec';

/** Seconds on this computer. Reading is beside the others where threads of its own do it. */
export interface Pace {
  /** Computing a piece of `micro` samples. */
  piece: number;
  micro: number;
  /** Once a mini-batch: reading its totals, the update. */
  update: number;
  /** Computing the validation of one sample. */
  validation: number;
  /** Reading one sample, and varying it. */
  reading: number;
  /** Once a mini-batch, beside all of those; absent: nothing that counts. */
  between?: number;
  /** Once an epoch; absent: nothing that counts. */
  epoch?: number;
  /** More in each of a run's first epochs, whose programs are not fast yet; absent: nothing that counts. */
  beginning?: number[];
  work: StepWork;
  /** By all cores. */
  isParallel: boolean;
  /** Absent: float32. Of others it does not tell how fast a computer is. */
  precision?: Precision;
}

/** Of runs with other settings that were measured on this computer. */
export interface LearntPace {
  /** Name and version. */
  engine: string;
  pace: Pace;
}

/**
 * Of one sample in a training step, all its passes: multiply-adds by their kind, values that are normalized, and made otherwise; layers run, and
 * weights trained, once.
 */
export interface StepWork {
  calls: number;
  convolutions: number;
  products: number;
  depthwise: number;
  attention: number;
  normalized: number;
  values: number;
  weights: number;
}
