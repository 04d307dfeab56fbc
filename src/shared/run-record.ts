// A run as the history knows it: its row, and all that is kept of it.
import type { StepPoint } from './curve';
import type { DataSort } from './data-sort';
import type { EarlyEnd } from './early-stopping';
import type { EngineReport } from './engine';
import type { WholeAndPieces } from './forecast';
import type { GaugePoint } from './gauges';
import type { EpochScores, MainScores } from './metric-words';
import type { Plan } from './plan';
import type { Repeats } from './repeat';
import type { KeptModel, Receipt } from './run-event';
import type { RunMarks } from './run-marks';
import type { RunSpec } from './run-spec';

export type RunState = 'running' | 'paused' | 'completed' | 'stopped' | 'failed' | 'interrupted';

/** A row of the history. */
export interface RunSummary extends RunMarks {
  id: string;
  name: string;
  state: RunState;
  spec: RunSpec;
  datasetId: string;
  datasetName: string;
  sort: DataSort;
  startedAt: string;
  finishedAt?: string;
  engine?: string;
  micro?: number;
  peakBytes?: number;
  seconds?: number;
  /** Whole ones, of those asked for. */
  epochsDone: number;
  /** Whose weights its saved model has; absent: none is saved, or by an older version. */
  keptModel?: KeptModel;
  /** Completed before its last epoch, because it got no better; absent: it was not. */
  endedEarly?: EarlyEnd;
  /** Whether its weights are those of the run it repeats; absent: it repeats none, or one of them has not ended. */
  repeatsExactly?: boolean;
  trainLoss?: number;
  validationLoss?: number;
  validationAccuracy?: number;
  /** Where a number is learnt. */
  validationScores?: MainScores;
  /** Of the data's own test part, where it has one. */
  test?: TestResult;
  /** The run can go on from a checkpoint, or begin again where it was paused or interrupted before it had one. */
  resumable: boolean;
  /** Resumed, it begins: it was paused or interrupted before it had a checkpoint. */
  begins?: true;
  /** Completed, and its last checkpoint is there: more epochs can follow. */
  extendable: boolean;
  /** A saved model exists. */
  hasModel: boolean;
  /** Its history is kept without them; absent: they were not deleted. */
  weightsDeletedAt?: string;
  failure?: string;
}

/** Counted once, with the weights that were saved. */
export interface TestResult {
  samples: number;
  accuracy: number | null;
  scores?: MainScores;
}

export interface EpochReading {
  epoch: number;
  step: number;
  trainLoss: number;
  trainAccuracy: number;
  /** Both NaN where no samples are held out. */
  validationLoss: number;
  validationAccuracy: number;
  /** Where a number is learnt. */
  scores?: EpochScores;
}

export interface RunDetail extends RunSummary {
  plan?: Plan;
  receipt?: Receipt;
  /** The engine it ran on, where it came to run; and the content of its data, where the app knows them: also of a run without a receipt. */
  ranOn?: EngineReport;
  dataHash?: string;
  /** The run it repeats. */
  repeats?: Repeats;
  /** What Check it found with its settings, whenever it was asked; absent: it never was. */
  check?: WholeAndPieces;
  steps: StepPoint[];
  epochs: EpochReading[];
  gauges: GaugePoint[];
  events: { at: string; message: string }[];
  /** How often it lay still between its start and its end, and for how long altogether; absent: never. */
  pauses?: Pauses;
  /** How often its process was gone without a word, or died and was begun again; absent: never. */
  interruptions?: number;
}

export interface Pauses {
  count: number;
  seconds: number;
}
