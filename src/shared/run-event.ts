// Everything a run says while it goes on: the CLI prints these as JSON lines, the window draws them, SQLite keeps them.
import type { DatasetManifest } from './dataset';
import type { EarlyEnd } from './early-stopping';
import type { EngineReport } from './engine';
import type { EndedBecause, Failure } from './failure';
import type { Machine } from './machine';
import type { Plan } from './plan';
import type { RunSpec } from './run-spec';
import type { ModelSource } from './saved-model-facts';
import type { Session } from './session';

export interface Metrics {
  /** Mean loss per unit of weight; NaN where no sample has any. */
  loss: number;
  /** Share of samples classified right, 0 to 1; NaN where the model does not classify. */
  accuracy: number;
  samples: number;
  /** What else was measured, by name. */
  scores?: Record<string, ScoreReading>;
}

/** The data of a run, as its events and receipt tell of it. */
export interface DatasetFacts {
  /** Absent (as in receipts of before): pictures. */
  kind?: DatasetManifest['kind'];
  name: string;
  contentHash: string;
  /** None where the target is a number. */
  labels: string[];
  /** Of a table: the column that is learnt. */
  target?: string;
  train: number;
  validation: number;
  /** Absent: the data has no test part. */
  test?: number;
}

export interface ScoreReading {
  /** null where nothing was counted that it could be taken of. */
  value: number | null;
  /** For each class or output, where the value is their mean. */
  each?: (number | null)[];
  /** It was taken from a histogram: the exact value lies within this much of it. */
  within?: number;
}

export interface MemoryReading {
  /** Counted bytes above the loaded engine, now and at the worst moment so far. */
  inUseBytes: number;
  peakBytes: number;
  /** Process memory (RSS). */
  rssBytes: number;
  /** WASM: the size of its heap, which never shrinks. */
  heapBytes?: number;
}

export interface StepReading {
  step: number;
  /** From 1. */
  epoch: number;
  loss: number;
  accuracy: number;
  samples: number;
  /** Seconds of training since the run (or its resumption) began. */
  seconds: number;
  /** Of this update; absent in runs of older versions. */
  learningRate?: number;
  /** Counted bytes above the loaded engine at its worst moment; absent in runs of older versions. */
  memoryBytes?: number;
  /** Norm of the mini-batch's gradient before it was clipped; only where it is. */
  gradientNorm?: number;
  /** All of its samples weigh nothing: no update was made. */
  skipped?: true;
}

export type RunEvent =
  | {
      kind: 'started';
      spec: RunSpec;
      engine: EngineReport;
      dataset: DatasetFacts;
      parameters: number;
      /** Those of them that the run trains; absent: all. */
      trained?: number;
      stepsPerEpoch: number;
      totalSteps: number;
      /** Bytes the loaded engine used before the run; every other figure is above it. */
      baselineBytes: number;
      /** Steps already done before, when resumed. */
      resumedAt?: number;
      /** Resumed only to save its model. */
      toFinish?: true;
    }
  /** Once for each training process, and again when training had to make N_μ smaller. */
  | { kind: 'planned'; plan: Plan }
  /** A remark in one sentence, e.g. that the data set's own split is used. */
  | {
      kind: 'note';
      message: string;
      /** Samples at once in what comes next, where that is no step and validation of a plan. */
      micro?: number;
    }
  /** Memory ran out; nothing was lost, and the same work was done again in smaller pieces. In training, a corrected 'planned' follows. */
  | {
      kind: 'recovered';
      /** The step it happened in, or after which the validation was. */
      step: number;
      during: 'training' | 'validation' | 'test';
      neededBytes: number;
      availableBytes: number;
      /** N_μ before and since. */
      from: number;
      micro: number;
      /** The result depends on N_μ (batch normalization piece by piece): it is not the one that was planned. */
      changesResult: boolean;
    }
  /** Steps since the last such event, at most about ten events a second. */
  | { kind: 'progress'; steps: StepReading[]; samplesPerSecond: number; secondsLeft: number; memory: MemoryReading }
  | {
      kind: 'epoch';
      epoch: number;
      step: number;
      train: Metrics;
      /** Absent where no samples are held out. */
      validation?: Metrics;
      /** Since the run (or its resumption) began. */ seconds: number;
      memory: MemoryReading;
    }
  /** `seconds` it took. */
  | { kind: 'checkpoint'; step: number; folder: string; seconds?: number }
  /** Last, instead of 'finished': the run gave its memory back and goes on from here when it is resumed. At step 0 nothing was trained. */
  | {
      kind: 'paused';
      step: number;
      seconds: number;
      /** It was told to stop, not to pause, before its first step: there is no model to save. */
      byStop?: true;
      /** At step 0: what was made before the first step is kept, and where it began is saved. */
      canGoOn?: true;
      /** Its process was ended before its step was done. `step`: of the checkpoint before. */
      atOnce?: EndedBecause;
      /** It paused by itself, and why: there is no room on the disk for what it saves. */
      why?: Extract<Failure, { kind: 'no-room' | 'disk-full' }>;
    }
  | { kind: 'saved'; folder: string }
  | {
      kind: 'finished';
      reason: 'completed' | 'stopped';
      /** It was done before its last epoch, because it got no better; absent: it was not. */
      endedEarly?: EarlyEnd;
      train: Metrics;
      validation?: Metrics;
      /** Of the data's own test part, with the weights that were saved: counted once the run is completed. */
      test?: Metrics;
      seconds: number;
      memory: MemoryReading;
    }
  | { kind: 'failed'; failure: Failure; sentence: string };

/** A training process died because memory ran out, and the next one took smaller pieces. */
export interface ProcessRecovery {
  /** The step it is known to have reached. */
  step: number;
  during: 'process';
  /** The largest N_μ before and since. */
  from: number;
  micro: number;
}

/** Resumed with less memory, it went on with smaller pieces from there. */
export interface ResumedSmaller extends Omit<ProcessRecovery, 'during'> {
  during: 'resumed';
}

export type RunEventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** Whose weights a model has. */
export interface KeptModel {
  of: 'last step' | 'best epoch';
  /** Of a last step in the middle of one, that one; absent in receipts of older versions. */
  epoch?: number;
  step: number;
}

/** receipt.json beside the saved model: enough to repeat the run exactly. */
export interface Receipt {
  format: 1;
  spec: RunSpec;
  plan: Plan;
  engine: EngineReport;
  versions: { overbatch: string; tfjs: string; node: string; electron?: string };
  /** Absent in receipts of older versions. */
  machine?: Machine;
  dataset: DatasetFacts;
  parameters: number;
  /** Those of them that were trained; absent: all. */
  trained?: number;
  /** N_B and N_μ again, under their own names, for people who read this file. */
  batch: number;
  microBatch: number;
  pieces: number;
  budgetBytes: number;
  baselineBytes: number;
  peakBytes: number;
  seed: number;
  reason: 'completed' | 'stopped';
  /** It was done before its last epoch, because it got no better; absent: it was not. */
  endedEarly?: EarlyEnd;
  /** The file it began with; absent: it began with none. */
  source?: ModelSource;
  /** SHA-256 of the weights it began with, where those were an earlier run's or a file's; absent in receipts of older versions. */
  startWeights?: string;
  /** The last epoch before it was made longer; absent: it was not. */
  extendedAfter?: number;
  /** Each time there was too little memory and N_μ was made smaller; absent where that never was so. */
  recoveries?: (Omit<RunEventOf<'recovered'>, 'kind'> | ((ProcessRecovery | ResumedSmaller) & { changesResult: boolean }))[];
  /** With what parts of it were made before, where that was another engine or computer; absent: all of it with this one. */
  madeBefore?: Session[];
  /** Whole epochs, and steps, that were made; absent in receipts of older versions. */
  done?: { epochs: number; steps: number };
  /** The weights saved; absent: those of the last step. Those of the best epoch may be these, too. */
  model?: KeptModel;
  /** The other ones, which lie beside and can take their place; absent: there are none. */
  other?: KeptModel & Pick<Receipt, 'final'>;
  /** SHA-256 of weights.bin; absent in receipts of older versions. */
  weights?: string;
  /** How often the test part was scored before the run went on; absent: never. */
  testScoresBefore?: number;
  /** What saving the run's place has cost. */
  checkpoints?: { count: number; seconds: number; share: number };
  /** `test`: of the data's own test part, with the weights that were saved. */
  final: { train: Metrics; validation?: Metrics; test?: Metrics };
  startedAt: string;
  finishedAt: string;
  seconds: number;
}
