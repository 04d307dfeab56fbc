// The run in progress: forwards what it says to the history and the window, and sees its end, whichever it is.
import type { WindowEvent } from '#shared/window-event';
import { failureSentence, toFailure, type EndedBecause, type Failure } from '#shared/failure';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import type { TrainerCommand } from '#shared/trainer-messages';
import type { Database } from '#store/database';
import { EventRecord } from './event-record';
import { keepReceipt } from './kept-receipt';
import type { Log } from './log';
import { withinOwn } from './own-folder';
import type { TrainerHost } from './trainer-host';

export interface TrainingServices {
  db: Database;
  dataFolder: string;
  host: TrainerHost;
  log: Log;
  send(event: WindowEvent): void;
}

/** For the step it is in, and to save its place: an undo is to lose nothing. */
const DISCARDING_MILLISECONDS = 5_000;

export class Training {
  /** `done`: its process is, and has said how. */
  #current?: { runId: string; done: Promise<unknown>; ended: Promise<void> };
  #listeners: ((event: RunEvent | 'ended') => void)[] = [];
  #discarding = false;
  readonly #record: EventRecord;

  constructor(private readonly services: TrainingServices) {
    const note = (runId: string, message: string) => services.send({ kind: 'run', runId, event: { kind: 'note', message } });
    this.#record = new EventRecord({ ...services, note });
  }

  get runId(): string | undefined {
    return this.#current?.runId;
  }

  /** Begins a run that the history already holds as running; its end is an event. */
  start(runId: string, command: Extract<TrainerCommand, { kind: 'train' }>): void {
    this.#discarding = false;
    this.#record.stay();
    const done = this.#follow(runId, command);
    this.#current = { runId, done, ended: this.#conclude(runId, done) };
  }

  /**
   * Resolves when the run has saved and ended: with its model, or with its place only; where the history is locked then, that is told later.
   * False where it is not `runId` that trains, and nothing is told.
   */
  async finish(how: 'stop' | 'pause', runId = this.runId): Promise<boolean> {
    const current = this.#current;
    if (!current || current.runId !== runId) return false;
    await this.services.host.finish(how);
    await current.done;
    if (!this.#record.isHeld) await current.ended;
    return true;
  }

  /** As a person asks who does not wait for the step. False where it is not `runId` that trains. */
  end(runId: string): boolean {
    if (runId !== this.runId) return false;
    this.kill();
    return true;
  }

  /** What runs have said stands in the history. @throws FailureError database-busy where it cannot yet */
  writeDown(): void {
    this.#record.writeDown();
  }

  /** The app ends: a run's end does not wait for a locked history, whose next start learns of it. */
  leave(): void {
    this.#record.leave();
  }

  /** Ends a run that does not stop; what its last checkpoint holds stays, and it can be resumed. */
  kill(because?: EndedBecause): void {
    this.services.host.kill(because);
  }

  /** Ends a run that is not wanted, with its place saved where that is soon; resolves when its process is gone and the history says so. */
  async discard(): Promise<void> {
    const ended = this.#current?.ended;
    this.#discarding = true;
    const timer = setTimeout(() => this.kill(), DISCARDING_MILLISECONDS);
    await this.services.host.finish('pause').finally(() => clearTimeout(timer));
    await ended;
  }

  /** For what the desktop shows of a run: progress, sleep, notification. */
  onEvent(listener: (event: RunEvent | 'ended') => void): void {
    this.#listeners.push(listener);
  }

  /** Answers its end where that cannot be told yet. */
  async #follow(runId: string, command: Extract<TrainerCommand, { kind: 'train' }>): Promise<RunEvent | undefined> {
    let closed = false;
    let unsaid: RunEvent | undefined;
    /** From which it would go on. */
    let step = 0;
    const say = (said: RunEvent) => {
      if (said.kind === 'started') step = said.resumedAt ?? 0;
      if (said.kind === 'checkpoint') step = said.step;
      const event = this.#discarding && said.kind === 'paused' ? failedBy({ kind: 'discarded' }) : said;
      const isEnd = event.kind === 'finished' || event.kind === 'paused' || event.kind === 'failed';
      closed ||= isEnd;
      this.#record.add(runId, event);
      // Whoever hears of the end asks what it came to.
      if (isEnd && !this.#record.isWritten) unsaid = event;
      else this.#tell(runId, event);
    };
    try {
      await this.services.host.train(command, say, (progress) => this.services.send({ kind: 'piece', runId, progress }));
      if (!closed) throw new Error('The training process was done without a result.');
    } catch (error) {
      const failed = withinOwn(toFailure(error, command.outFolder), this.services.dataFolder);
      const failure: Failure = this.#discarding ? { kind: 'discarded' } : failed;
      if (!this.#discarding && failure.kind !== 'ended') this.services.log.error('training', error);
      // Who paused it and did not wait wants it paused all the same.
      if (failure.kind === 'ended' && failure.told === 'pause' && !closed) say(pausedAtOnce(failure));
      else if (!closed && (failure.kind === 'no-room' || failure.kind === 'disk-full'))
        say({ kind: 'paused', step, seconds: 0, why: failure });
      else if (!closed) say(failedBy(failure));
    }
    return unsaid;
  }

  #tell(runId: string, event: RunEvent): void {
    this.services.send({ kind: 'run', runId, event });
    for (const listener of this.#listeners) listener(event);
  }

  async #conclude(runId: string, done: Promise<RunEvent | undefined>): Promise<void> {
    let unsaid: RunEvent | undefined;
    try {
      unsaid = await done;
    } finally {
      await this.#record.written();
      this.#keepReceipt(runId);
      if (unsaid) this.#tell(runId, unsaid);
      this.#current = undefined;
      for (const listener of this.#listeners) listener('ended');
    }
  }

  /** Once more than with its model: one that was saved, and not said so, has another receipt. */
  #keepReceipt(runId: string): void {
    try {
      keepReceipt(this.services, runId);
    } catch (error) {
      this.services.log.error('receipt', error);
    }
  }
}

const failedBy = (failure: Failure): RunEvent => ({ kind: 'failed', failure, sentence: failureSentence(failure) });

const pausedAtOnce = ({ because, step = 0 }: Extract<Failure, { kind: 'ended' }>): RunEventOf<'paused'> => ({
  kind: 'paused',
  step,
  seconds: 0,
  atOnce: because,
});
