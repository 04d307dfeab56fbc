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
  /** Taken out since the start, for whoever wants one back. */
  readonly #removed = new Map<string, QueuedRun>();

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
    const id = randomUUID();
    // What it was held for is gone with the runs that waited.
    if (this.state.waiting.length === 0) this.#hold = undefined;
    this.#append({ id, ...run });
    return id;
  }

  /** One that was removed waits again, at the end; what holds the queue still does. @throws FailureError bad-setting for one that was not */
  restore(id: string): void {
    const run = this.#removed.get(id);
    if (!run) throw new FailureError({ kind: 'bad-setting', problem: 'This run cannot be brought back any more. Plan it again.' });
    this.#append(run);
    this.#removed.delete(id);
  }

  #append(run: NewQueued): void {
    if (this.state.waiting.length >= MOST_QUEUED) {
      throw new FailureError({ kind: 'bad-setting', problem: `${MOST_QUEUED} runs are waiting already. Remove one first.` });
    }
    addQueued(this.services.db, run);
    this.#tell();
    this.#next();
  }

  move(id: string, by: -1 | 1): void {
    moveQueued(this.services.db, id, by);
    this.#tell();
  }

  /** @throws FailureError bad-setting for one that does not wait any more */
  remove(id: string): void {
    const { waiting } = this.state;
    const run = waiting.find((each) => each.id === id);
    if (!run) throw new FailureError({ kind: 'bad-setting', problem: 'This run does not wait any more. What has begun is ended on Run.' });
    this.#removed.set(id, run);
    removeQueued(this.services.db, id);
    // What could not be started is out of the way.
    if (this.#hold?.why === 'failed' && waiting[0] === run) return this.goOn();
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
      if (event.kind === 'started') this.#hearStarted();
      if (event.kind === 'paused') this.#paused = event.byStop !== true;
      return;
    }
    const wasPaused = this.#paused;
    this.#paused = false;
    // Its end is told to every listener before the next begins.
    if (!wasPaused) return void setImmediate(() => this.#next());
    this.#hold = { why: 'paused' };
    this.#tell();
  }

  /** The run that was paused goes on, or another has its place: the next begins when that ends. */
  #hearStarted(): void {
    this.#paused = false;
    if (this.#hold?.why !== 'paused') return;
    this.#hold = undefined;
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
