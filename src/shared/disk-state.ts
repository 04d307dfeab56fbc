// How full the disk is on which the data lies, as main tells it to the window: from when on that is said, and what takes most there.
import { savingBytes, type DiskRoom } from './disk-room';
import { BYTES_OF_NUMBER } from './model-cards';

/** What takes room in the data folder, in bytes. */
export interface DiskUse {
  /** Models and checkpoints of runs. */
  weights: number;
  /** Deleted ones, free when Overbatch is next started. */
  goes: number;
  datasets: number;
  backups: number;
}

export interface DiskState extends DiskRoom {
  /** There is little room; absent: there is enough. */
  low?: DiskUse;
}

/** Chromium, the history and most programs get along with this much; of a small disk less. */
const LOW_BYTES = 1e9;
const LOW_SHARE = 0.05;
/** It is not said and taken back with every file. */
const ENOUGH_TIMES = 1.2;

/** @param neededBytes by what goes on: the run's next checkpoint and its model */
export function isLow({ freeBytes, totalBytes }: DiskRoom, neededBytes: number, wasLow: boolean): boolean {
  const least = Math.min(LOW_BYTES, LOW_SHARE * totalBytes) + neededBytes;
  return freeBytes < (wasLow ? ENOUGH_TIMES * least : least);
}

/** To save its place and its model, with two slots for each number, as most optimizers keep: from then on it would pause by itself. */
export const runNeedsBytes = (parameters: number): number =>
  savingBytes({ checkpoint: 3 * BYTES_OF_NUMBER * parameters, weights: BYTES_OF_NUMBER * parameters });

/** Who has closed the notice hears of it again when so much less is free. */
const WORSE_SHARE = 0.5;
export const isClearlyWorse = (freeBytes: number, freeThen: number): boolean => freeBytes < WORSE_SHARE * freeThen;
