// How long work on files is followed and stopped from outside.
import type { ImportProgress } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { DecodeGuard } from './decode-guard';
import type { Opener } from './open-picture';

export interface Watch {
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
  guard?: DecodeGuard;
  /** Who opens pictures; absent: this thread. */
  opener?: Opener;
}

const REPORT_EVERY_MS = 100;

/** @throws FailureError cancelled */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw new FailureError({ kind: 'cancelled' });
}

/** Counts one stage, in things or in bytes: speaks at its start, at its end, and at most ten times a second between. */
export class Stage {
  #done: number;
  #spokeAt = 0;

  constructor(
    private readonly watch: Watch,
    private readonly stage: ImportProgress['stage'],
    private readonly total: number,
    private readonly unit?: ImportProgress['unit'],
    /** Before this began. */
    done = 0,
  ) {
    this.#done = done;
    this.#speak();
  }

  /** @throws FailureError cancelled */
  advance(by = 1): void {
    throwIfCancelled(this.watch.signal);
    this.#done += by;
    if (this.#done === this.total || performance.now() - this.#spokeAt >= REPORT_EVERY_MS) this.#speak();
  }

  #speak(): void {
    this.#spokeAt = performance.now();
    const total = Math.max(this.total, this.#done);
    this.watch.onProgress?.({ stage: this.stage, done: this.#done, total, ...(this.unit && { unit: this.unit }) });
  }
}
