// What goes on, as the tray, the question before closing and the end of the app go by it: which run, how far it is, and how many wait.
import type { RunEvent } from '#shared/run-event';
import { queuedName } from '#shared/queue';
import type { Database } from '#store/database';
import { runName } from '#store/runs';
import type { RunQueue } from './run-queue';
import type { Training } from './training';

/** `share`: done, from 0 to 1; absent: the run is being begun. */
export type Situation = { waiting: number } & (
  | { kind: 'training'; runId: string; name: string; share?: number }
  /** Nothing trains for a moment: the next of the queue is about to begin. */
  | { kind: 'next'; name: string; /** Why it has not begun yet. */ problem?: string }
  | { kind: 'paused'; runId: string; name: string; share: number }
  /** The next of the queue could not be started. */
  | { kind: 'held'; problem: string }
  | { kind: 'idle' }
);

export interface WatchServices {
  db: Database;
  training: Training;
  queue: RunQueue;
}

export class Watch {
  #totalSteps = 0;
  /** How far the run is that spoke last. */
  #reached?: { runId: string; share: number };
  /** It was paused, and no other has spoken since. */
  #isPaused = false;
  #listeners: (() => void)[] = [];

  /** The queue has heard of a run's end before: what it does then is a part of what goes on. */
  constructor(private readonly services: WatchServices) {
    services.training.onEvent((event) => this.#hear(event));
    services.queue.onChange(() => this.#changed());
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  get now(): Situation {
    const { db, queue, training } = this.services;
    const { waiting: all, hold } = queue.state;
    const waiting = all.length;
    const { runId } = training;
    const reached = this.#reached;
    if (runId !== undefined)
      return { kind: 'training', runId, name: runName(db, runId), waiting, ...(reached?.runId === runId && { share: reached.share }) };
    const { upNext } = queue;
    if (upNext) {
      const problem = queue.waitsFor;
      return { kind: 'next', name: queuedName(upNext), waiting: waiting - 1, ...(problem !== undefined && { problem }) };
    }
    if (this.#isPaused && reached) return { kind: 'paused', ...reached, name: runName(db, reached.runId), waiting };
    return hold?.why === 'failed' ? { kind: 'held', problem: hold.problem, waiting } : { kind: 'idle', waiting };
  }

  #hear(event: RunEvent | 'ended'): void {
    const { runId } = this.services.training;
    if (event !== 'ended' && runId !== undefined) this.#follow(runId, event);
    this.#changed();
  }

  #follow(runId: string, event: RunEvent): void {
    const shareAt = (step: number) => Math.min(1, step / Math.max(1, this.#totalSteps));
    if (event.kind === 'started') {
      this.#totalSteps = event.totalSteps;
      this.#reached = { runId, share: shareAt(event.resumedAt ?? 0) };
    }
    if (event.kind === 'progress') this.#reached = { runId, share: shareAt(event.steps.at(-1)?.step ?? 0) };
    // Told to stop before its first step, it is over: nobody wants to resume it.
    this.#isPaused = event.kind === 'paused' && event.byStop !== true;
    if (event.kind === 'paused') this.#reached = { runId, share: shareAt(event.step) };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
