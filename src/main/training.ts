// The run in progress: forwards what it says to the history and the window, and sees its end, whichever it is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WindowEvent } from '#shared/contract';
import { failureSentence, toFailure, type EndedBecause, type Failure } from '#shared/failure';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import type { TrainerCommand } from '#shared/trainer-messages';
import type { Database } from '#store/database';
import { getRunRow, saveReceipt } from '#store/runs';
import { EventRecord } from './event-record';
import type { Log } from './log';
import type { TrainerHost } from './trainer-host';

export interface TrainingServices {
  db: Database;
  dataFolder: string;
  host: TrainerHost;
  log: Log;
  send(event: WindowEvent): void;
}

export class Training {
  #current?: { runId: string; ended: Promise<void> };
  #listeners: ((event: RunEvent | 'ended') => void)[] = [];
  #discarding = false;

  constructor(private readonly services: TrainingServices) {}

  get runId(): string | undefined {
    return this.#current?.runId;
  }

  /** Begins a run that the history already holds as running; its end is an event. */
  start(runId: string, command: Extract<TrainerCommand, { kind: 'train' }>): void {
    this.#discarding = false;
    this.#current = { runId, ended: this.#follow(runId, command) };
  }

  /** Resolves when the run has saved and ended: with its model, or with its place only. False where it is not `runId` that trains, and nothing is told. */
  async finish(how: 'stop' | 'pause', runId = this.runId): Promise<boolean> {
    const current = this.#current;
    if (!current || current.runId !== runId) return false;
    await this.services.host.finish(how);
    await current.ended;
    return true;
  }

  /** As a person asks who does not wait for the step. False where it is not `runId` that trains. */
  end(runId: string): boolean {
    if (runId !== this.runId) return false;
    this.kill();
    return true;
  }

  /** Ends a run that does not stop; what its last checkpoint holds stays, and it can be resumed. */
  kill(because?: EndedBecause): void {
    this.services.host.kill(because);
  }

  /** Ends a run that is not wanted; resolves when its process is gone and the history says so. */
  async discard(): Promise<void> {
    const ended = this.#current?.ended;
    this.#discarding = true;
    this.kill();
    await ended;
  }

  /** For what the desktop shows of a run: progress, sleep, notification. */
  onEvent(listener: (event: RunEvent | 'ended') => void): void {
    this.#listeners.push(listener);
  }

  async #follow(runId: string, command: Extract<TrainerCommand, { kind: 'train' }>): Promise<void> {
    let closed = false;
    const record = new EventRecord(runId, this.services);
    const say = (event: RunEvent) => {
      closed ||= event.kind === 'finished' || event.kind === 'paused' || event.kind === 'failed';
      record.add(event);
      // Whoever hears of the end asks what it came to.
      if (event.kind === 'saved') this.#keepReceipt(runId, command.outFolder);
      this.services.send({ kind: 'run', runId, event });
      for (const listener of this.#listeners) listener(event);
    };
    try {
      await this.services.host.train(command, say, (progress) => this.services.send({ kind: 'piece', runId, progress }));
      if (!closed) throw new Error('The training process was done without a result.');
    } catch (error) {
      const failure: Failure = this.#discarding ? { kind: 'discarded' } : toFailure(error, command.outFolder);
      if (!this.#discarding && failure.kind !== 'ended') this.services.log.error('training', error);
      // Who paused it and did not wait wants it paused all the same.
      if (failure.kind === 'ended' && failure.told === 'pause' && !closed) say(pausedAtOnce(failure));
      else if (!closed) say({ kind: 'failed', failure, sentence: failureSentence(failure) });
    } finally {
      record.write();
      this.#keepReceipt(runId, command.outFolder);
      this.#current = undefined;
      for (const listener of this.#listeners) listener('ended');
    }
  }

  #keepReceipt(runId: string, folder: string): void {
    try {
      if (getRunRow(this.services.db, runId).model_folder === null) return;
      const receipt = JSON.parse(readFileSync(path.join(folder, 'receipt.json'), 'utf8')) as Receipt;
      saveReceipt(this.services.db, runId, receipt);
    } catch (error) {
      this.services.log.error('receipt', error);
    }
  }
}

const pausedAtOnce = ({ because, step = 0 }: Extract<Failure, { kind: 'ended' }>): RunEventOf<'paused'> => ({
  kind: 'paused',
  step,
  seconds: 0,
  atOnce: because,
});
