// Runs one after another: the next begins when the one before it ends, unless that was paused; after a restart all wait until the person says so.
import { randomUUID } from 'node:crypto';
import type { WindowEvent } from '#shared/contract';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { MOST_QUEUED, type QueuedRun, type QueueHold, type RunQueue as Queue } from '#shared/queue';
import type { RunEvent } from '#shared/run-event';
import type { Database } from '#store/database';
import { addQueued, listQueue, moveQueued, removeQueued, type NewQueued } from '#store/queue';
import type { Training } from './training';

export interface QueueServices {
  db: Database;
  training: Training;
  send(event: WindowEvent): void;
}

export class RunQueue {
  #hold: QueueHold | undefined;
  #start?: (run: QueuedRun) => Promise<unknown>;
  #paused = false;
  #starting = false;
  #isClosed = false;

  constructor(private readonly services: QueueServices) {
    if (listQueue(services.db).length > 0) this.#hold = { why: 'restarted' };
    services.training.onEvent((event) => this.#hear(event));
  }

  /** Told once, by those who know how a run is started. */
  startWith(start: (run: QueuedRun) => Promise<unknown>): void {
    this.#start = start;
  }

  /** The history is about to be closed: nothing more begins. */
  close(): void {
    this.#isClosed = true;
  }

  get state(): Queue {
    const waiting = listQueue(this.services.db);
    return { waiting, ...(this.#hold && waiting.length > 0 && { hold: this.#hold }) };
  }

  /** Answers its id. It begins at once where nothing trains and nothing holds the queue. */
  add(run: Omit<NewQueued, 'id'>): string {
    if (this.state.waiting.length >= MOST_QUEUED) {
      throw new FailureError({ kind: 'bad-setting', problem: `${MOST_QUEUED} runs are waiting already. Remove one first.` });
    }
    const id = randomUUID();
    if (this.state.waiting.length === 0) this.#hold = undefined;
    addQueued(this.services.db, { id, ...run });
    this.#tell();
    this.#next();
    return id;
  }

  move(id: string, by: -1 | 1): void {
    moveQueued(this.services.db, id, by);
    this.#tell();
  }

  remove(id: string): void {
    removeQueued(this.services.db, id);
    this.#tell();
  }

  /** Nothing holds it any more: the next begins now, or when the run that trains ends. */
  goOn(): void {
    this.#hold = undefined;
    this.#tell();
    this.#next();
  }

  #hear(event: RunEvent | 'ended'): void {
    if (this.#isClosed) return;
    if (event !== 'ended') {
      if (event.kind === 'started') this.#paused = false;
      if (event.kind === 'paused') this.#paused = event.byStop !== true;
      return;
    }
    // Its end is told to every listener before the next begins.
    if (!this.#paused) return void setImmediate(() => this.#next());
    this.#hold = { why: 'paused' };
    this.#tell();
  }

  #next(): void {
    const { db, training } = this.services;
    if (this.#isClosed) return;
    const [next] = listQueue(db);
    if (!next || this.#hold || this.#starting || training.runId !== undefined) return;
    this.#starting = true;
    void this.#begin(next).finally(() => {
      this.#starting = false;
      this.#tell();
    });
  }

  async #begin(run: QueuedRun): Promise<void> {
    try {
      await this.#start?.(run);
      removeQueued(this.services.db, run.id);
    } catch (error) {
      this.#hold = { why: 'failed', problem: failureSentence(toFailure(error)) };
    }
  }

  #tell(): void {
    this.services.send({ kind: 'queue', queue: this.state });
  }
}
