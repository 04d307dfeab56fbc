// What a run will need, said while its settings are still being chosen: at once, from shapes, with nothing trained (METHOD.md, "The planner").
import type { EngineReport } from './engine';
import type { Measurement } from './measurement';
import type { LearntPace } from './pace';
import type { ExactStages, MeasuredPoint, MemoryFit, MemoryParts, Verdict } from './plan';
import type { RunSpec, SaverName } from './run-spec';
import type { TimeSpan } from './time-span';

/** A run whose settings are being chosen. */
export interface PlannedRun {
  spec: RunSpec;
  datasetFolder: string;
  /** Of the run or the model it starts from. */
  startPath?: string;
}

export interface ForecastQuestion extends PlannedRun {
  /** What was measured before of such runs on this device, one an engine; absent: nothing. */
  remembered?: Measurement[];
  /** What was measured of other runs on this device: how fast it is. */
  learnt?: LearntPace[];
  /** A run has memory and cores: how fast its steps would be is not looked at. */
  isTraining?: true;
}

/** Memory that the process of a run takes beside what is allowed: the program and its engine, with what the engine compiled for the run. */
export interface Beside {
  leastBytes: number;
  /** No process that was measured held more. */
  mostBytes: number;
}

/** One batch size, cut to stay inside the budget. */
export interface BatchForecast {
  /** N_B; at most the samples that are trained on. */
  batch: number;
  /** N_μ: the largest piece. */
  micro: number;
  /** Near-equal, their sum is N_B. */
  pieces: number[];
  /** Bytes above the loaded engine at the worst moment. */
  peakBytes: number;
  /** What the same batch would need in one piece. */
  wholeBatchBytes: number;
  /** What the peak consists of. */
  memory: MemoryParts;
  verdict: Verdict;
  /** Where exact BatchNorm runs the batch stage by stage. */
  stages?: ExactStages;
  updatesPerEpoch: number;
  /** Absent until something is known of this computer's speed. */
  secondsPerEpoch?: number;
  /** It may be so many times less or more; absent: it was measured. */
  timesApart?: number;
}

/** What a memory saver would make of a size that does not fit. */
export interface Saving {
  saver: SaverName;
  neededBytes: number;
  /** Time of a step ÷ what it is without. */
  times: number;
}

/** A batch size of which not even one sample fits, or the asked micro-batch does not. */
export interface TooLarge {
  batch: number;
  neededBytes: number;
}

export interface RunForecast {
  budgetBytes: number;
  engine: EngineReport;
  /** Counted from the shapes of the run's functions, or the line of what was measured here with the same settings before. */
  basis: 'shapes' | 'measured';
  /** What the settings ask for. */
  asked: BatchForecast | TooLarge;
  /** Other batch sizes beside it, growing; the asked one is among them. */
  table: (BatchForecast | TooLarge)[];
  /** Peak by N_μ, growing, from one sample to the whole batch or beyond the budget. */
  curve: { micro: number; peakBytes: number }[];
  /** Of an earlier measurement; empty where there was none. */
  measured: MeasuredPoint[];
  fit?: MemoryFit;
  /** The least that any batch size needs: one sample at a time. */
  oneSampleBytes: number;
  /** When it was measured, ISO, and the share of the work that others took from it meanwhile. */
  measuredAt?: string;
  disturbed?: number;
  /** Asked again it also says how long an epoch takes: no first answer waits until it is known how fast this computer is. */
  timeFollows?: true;
  /** Of a batch that does not fit: the savers that help, alone. */
  savings?: Saving[];
  /** Asked again it also says savings, or the whole batch by a look of its own: with large networks no first answer waits for these. */
  detailFollows?: true;
  beside?: Beside;
  /** Of a run of these very settings that trains or has trained on this computer: its epochs really took the time that is said of the asked batch. */
  ran?: RanPace;
  /** What Check it found with these settings, whenever it was asked. */
  check?: WholeAndPieces;
}

/** Of the newest such runs; the newest of them is named. */
export interface RanPace extends TimeSpan {
  runId: string;
  /** N_μ. */
  micro: number;
  /** When it began, ISO. */
  at: string;
}

export const fits = (row: BatchForecast | TooLarge): row is BatchForecast => 'pieces' in row;

/** The gradient of the same few samples with the same weights, made whole and made in pieces: what an update is made of. */
export interface WholeAndPieces {
  samples: number;
  pieces: number[];
  /** Relative L2, of all weights together. */
  difference: number;
  /** What rounding alone does: the same samples in one piece, in another order. */
  rounding: number;
  verdict: Verdict;
  /** Name and version of the one that made them. */
  engine: string;
}
