// Runs one after another: the next begins when the one before it ends, unless that was paused; one that cannot be started says why and is
// passed by; after a restart all wait until the person says so, or has a run go on.
import { randomUUID } from 'node:crypto';
import type { WindowEvent } from '#shared/window-event';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { MOST_QUEUED, type QueuedRun, type QueueHold, type RunQueue as Queue } from '#shared/queue';
import type { RunEvent } from '#shared/run-event';
import { usualName } from '#shared/run-name';
import type { Database } from '#store/database';
import { getDataset } from '#store/datasets';
import { addFirst, addQueued, listQueue, moveQueued, removeQueued, type NewQueued } from '#store/queue';
import { freeName } from '#store/runs';
import type { Training } from './training';

export interface QueueServices {
  db: Database;
  training: Training;
  send(event: WindowEvent): void;
}

export class RunQueue {
  #hold: { why: 'paused' | 'restarted' } | undefined;
  /** Of those that could not be started, why; by id. They are tried again when the person says so. */
  readonly #problems = new Map<string, string>();
  #start?: (run: QueuedRun) => Promise<string>;
  /** Why what is about to begin has not yet; it is tried until it has. */
  #waitsFor?: string;
  #paused = false;
  #beginning?: Promise<void>;
  #isClosed = false;
  #listeners: (() => void)[] = [];
  /** Taken out since the start, for whoever wants one back. */
  readonly #removed = new Map<string, QueuedRun>();

  constructor(private readonly services: QueueServices) {
    if (listQueue(services.db).length > 0) this.#hold = { why: 'restarted' };
    services.training.onEvent((event) => this.#hear(event));
  }

  /** Told once, by those who know how a run is started; it leaves the queue as it begins. */
  startWith(start: (run: QueuedRun) => Promise<string>): void {
    this.#start = start;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The app is about to end: nothing more begins. Resolves when what was being begun has. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#beginning;
  }

  /** It does not end after all. */
  reopen(): void {
    if (!this.#isClosed) return;
    this.#isClosed = false;
    this.#tell();
    this.#next();
  }

  /** The run that is about to begin by itself: between two runs there is a moment in which nothing trains. */
  get upNext(): QueuedRun | undefined {
    const { db, training } = this.services;
    if (this.#isClosed || this.#hold || training.runId !== undefined) return undefined;
    return listQueue(db).find(({ id }) => !this.#problems.has(id));
  }

  /** What is about to begin has not yet, because the history is in use elsewhere; why in a sentence. */
  get waitsFor(): string | undefined {
    return this.#waitsFor;
  }

  /** A run trains, or is about to. */
  get isBusy(): boolean {
    return this.services.training.runId !== undefined || this.#beginning !== undefined || this.upNext !== undefined;
  }

  get state(): Queue {
    const waiting = listQueue(this.services.db).map((run) => {
      const problem = this.#problems.get(run.id);
      return problem === undefined ? run : { ...run, problem };
    });
    const hold = this.#hold ?? (this.#waitsFor === undefined ? failedHold(waiting) : { why: 'history', problem: this.#waitsFor });
    return { waiting, ...(hold && waiting.length > 0 && { hold }) };
  }

  /** Answers its id. It begins at once where nothing trains and nothing holds the queue. */
  add(run: Omit<NewQueued, 'id'>): string {
    const id = randomUUID();
    // What it was held for is gone with the runs that waited.
    if (this.state.waiting.length === 0) this.#hold = this.#waitsFor = undefined;
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

  /** As the first. @param take from where it is; all or nothing */
  putBack(take: () => NewQueued): void {
    this.#refuseMore();
    if (this.state.waiting.length === 0) this.#hold = undefined;
    const { db } = this.services;
    db.transaction(() => addFirst(db, take()));
    this.#tell();
    this.#next();
  }

  #refuseMore(): void {
    if (this.state.waiting.length < MOST_QUEUED) return;
    throw new FailureError({ kind: 'bad-setting', problem: `${MOST_QUEUED} runs are waiting already. Remove one first.` });
  }

  #append(run: NewQueued): void {
    this.#refuseMore();
    const { db } = this.services;
    // It begins under the name that it waits under.
    const name = run.name ?? usualName(getDataset(db, run.datasetId).summary.name, run.spec);
    addQueued(db, { ...run, name: freeName(db, name) });
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
    this.#problems.delete(id);
    this.#tell();
  }

  /** Nothing holds it any more: the next begins now, or when the run that trains ends; what could not be started is tried again. */
  goOn(): void {
    this.#hold = undefined;
    this.#problems.clear();
    this.#tell();
    this.#next();
  }

  /** A person has begun a run or resumed one: the next begins when that ends. What could not be started still cannot. */
  goBehind(): void {
    this.#hold = undefined;
    this.#tell();
  }

  #hear(event: RunEvent | 'ended'): void {
    if (event !== 'ended') {
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

  #next(): void {
    const next = this.upNext;
    if (!next || this.#beginning) return;
    this.#beginning = this.#begin(next).finally(() => {
      this.#beginning = undefined;
      this.#tell();
      this.#next();
    });
  }

  async #begin(run: QueuedRun): Promise<void> {
    const { send, training } = this.services;
    try {
      const runId = await this.#start?.(run);
      this.#waitsFor = undefined;
      if (runId !== undefined) send({ kind: 'begun', runId, datasetId: run.datasetId, spec: run.spec });
    } catch (error) {
      const failure = toFailure(error);
      const isHeld = failure.kind === 'database-busy';
      // Where a person's own start was quicker, it waits for that run; where the history is held, for that.
      this.#waitsFor = isHeld && training.runId === undefined ? failureSentence(failure) : undefined;
      if (training.runId === undefined && !isHeld) this.#problems.set(run.id, failureSentence(failure));
    }
  }

  #tell(): void {
    if (this.#isClosed) return;
    this.services.send({ kind: 'queue', queue: this.state });
    for (const listener of this.#listeners) listener();
  }
}

/** None that waits could be started. */
function failedHold([first, ...others]: QueuedRun[]): QueueHold | undefined {
  if (first?.problem === undefined || others.some(({ problem }) => problem === undefined)) return undefined;
  return { why: 'failed', problem: first.problem };
}
