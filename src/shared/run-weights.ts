// What a run takes on the disk, and that its weights were deleted while its history is kept.

import type { RunSummary } from './run-record';

/** Folders among those of the runs, of weights that are being removed. */
export const REMOVED = 'removed-';

/** In bytes. */
export interface RunSize {
  /** The saved model. */
  weights: number;
  /** What it could go on from, and the other model beside the saved one. */
  checkpoints: number;
  /** Receipt, readings, what it said of its samples. */
  rest: number;
  /** Of deleted weights, still there to be brought back: free when Overbatch is next started. Counted in none of the others. */
  goes: number;
}

export const NOTHING_ON_DISK: RunSize = { weights: 0, checkpoints: 0, rest: 0, goes: 0 };

export const onDisk = ({ weights, checkpoints, rest }: RunSize): number => weights + checkpoints + rest;

/** Something of it can be deleted: its model, or what it could go on from. */
export const hasWeights = ({
  hasModel,
  extendable,
  resumable,
  begins,
}: Pick<RunSummary, 'hasModel' | 'extendable' | 'resumable' | 'begins'>): boolean => hasModel || extendable || (resumable && !begins);

/** Names of the runs that others are no more without: those that began with them, and those that wait to. */
export interface WeightsUse {
  begun: string[];
  waiting: string[];
}

/** Why a run without weights cannot do what is asked of it. */
export const WEIGHTS_DELETED = 'The weights of this run were deleted, and only its history is kept. Repeat the run to have a model again.';
