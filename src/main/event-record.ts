// What runs say, written into the history in its order. What a locked one, or a full disk, does not take is kept, here and in the journal beside it, and
// written when it is free; nobody waits for that but who asks what a run came to.
import { failureSentence, toFailure, type Failure } from '#shared/failure';
import type { RunEvent } from '#shared/run-event';
import { toStored } from '#store/location';
import { EventJournal, type Said } from './event-journal';
import type { ReceiptServices } from './kept-receipt';
import { isPassingFailure, PASSING, writeSaid } from './write-said';

const BETWEEN_TRIES_MILLISECONDS = 500;
/** Shorter, nobody needs to know of it. */
const TOLD_AFTER_MILLISECONDS = 3_000;
/** So far the times of what is said at once may run ahead of the clock. */
const CLOSE_MILLISECONDS = 10_000;
/** After a long lock there are thousands: between two such parts the window is answered. */
const MOST_AT_ONCE = 200;

export interface RecordServices extends ReceiptServices {
  /** To whoever watches the run; the history does not hold it. */
  note(runId: string, message: string): void;
}

export class EventRecord {
  readonly #unwritten: Said[] = [];
  readonly #journal: EventJournal;
  readonly #told = new Set<Failure['kind']>();
  #lockedSince?: number;
  #timer?: NodeJS.Timeout;
  #waiting: (() => void)[] = [];
  #isLeft = false;
  #lastAt = 0;

  constructor(
    private readonly services: RecordServices,
    private readonly toldAfterMilliseconds = TOLD_AFTER_MILLISECONDS,
  ) {
    this.#journal = new EventJournal(services.db.path);
  }

  add(runId: string, event: RunEvent): void {
    const said = { runId, event: this.#stored(event), at: this.#time() };
    this.#unwritten.push(said);
    if (this.#lockedSince === undefined) this.#write();
    else this.#beside(() => this.#journal.add(said));
  }

  /** @throws FailureError database-busy where the history does not hold all that was said */
  writeDown(): void {
    const error = this.#write();
    if (error !== undefined) throw error;
  }

  get isWritten(): boolean {
    return this.#unwritten.length === 0;
  }

  /** What was said waits for another program to be done with the history, or for room on its disk. */
  get isHeld(): boolean {
    return !this.isWritten && !this.#isLeft;
  }

  /** Resolves when the history holds all that was said, or nobody waits for it any more. */
  async written(): Promise<void> {
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The app ends: the next one writes what lies in the journal. */
  leave(): void {
    this.#isLeft = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#settle();
  }

  /** A run begins: the app does not end after all, and what was told of another is told anew. */
  stay(): void {
    this.#isLeft = false;
    this.#told.clear();
    this.#write();
  }

  /** No two within one millisecond: by its time a line is known again. A clock that was set back counts. */
  #time(now = Date.now()): Date {
    const isClose = Math.abs(now - this.#lastAt) < CLOSE_MILLISECONDS;
    this.#lastAt = isClose ? Math.max(now, this.#lastAt + 1) : now;
    return new Date(this.#lastAt);
  }

  /** A history that cannot be written must not end the training: the model on disk is what counts. */
  #write(most = Infinity): unknown {
    const isPassing = (error: unknown) => isPassingFailure(toFailure(error));
    for (let left = most; this.#unwritten.length > 0 && left > 0; left -= MOST_AT_ONCE) {
      try {
        writeSaid(this.services, this.#unwritten.slice(0, MOST_AT_ONCE), isPassing, (refused) => this.#leaveOff(refused));
      } catch (error) {
        return this.#wait(error, toFailure(error, this.services.db.path));
      }
    }
    if (this.#lockedSince === undefined || this.#unwritten.length > 0) return undefined;
    this.#lockedSince = undefined;
    for (const kind of PASSING) this.#told.delete(kind);
    this.#beside(() => this.#journal.remove());
    this.#settle();
    return undefined;
  }

  #leaveOff(refused: unknown): void {
    if (refused !== undefined) this.#tell(refused, toFailure(refused, this.services.db.path), 'The history of this run is incomplete');
    this.#unwritten.shift();
  }

  #wait(error: unknown, failure: Failure): unknown {
    if (this.#lockedSince === undefined) {
      this.#lockedSince = performance.now();
      this.#beside(() => this.#journal.keep(this.#unwritten));
    }
    if (performance.now() - this.#lockedSince >= this.toldAfterMilliseconds)
      this.#tell(error, failure, 'The history of this run is written later');
    if (!this.#isLeft) this.#timer ??= setTimeout(() => this.#tryAgain(), BETWEEN_TRIES_MILLISECONDS);
    return error;
  }

  #tryAgain(): void {
    this.#timer = undefined;
    const error = this.#write(MOST_AT_ONCE);
    if (error === undefined && !this.isWritten) this.#timer = setTimeout(() => this.#tryAgain());
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Where that cannot be written either, what was said is kept as long as this process is there. */
  #beside(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.services.log.error('history', error);
    }
  }

  #tell(error: unknown, failure: Failure, what: string): void {
    this.services.log.error('history', error);
    if (this.#told.has(failure.kind)) return;
    this.#told.add(failure.kind);
    this.services.note(this.#unwritten[0].runId, `${what}: ${failureSentence(failure)}`);
  }

  #stored(event: RunEvent): RunEvent {
    const named = event.kind === 'checkpoint' || event.kind === 'saved';
    return named ? { ...event, folder: toStored(this.services.dataFolder, event.folder) } : event;
  }
}
