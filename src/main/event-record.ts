// What a run says, written into the history in its order; what a locked one does not take is kept, and written with what comes later.
import { failureSentence, toFailure, type Failure } from '#shared/failure';
import type { RunEvent } from '#shared/run-event';
import { recordRunEvent } from '#store/run-events';
import { toStored } from '#store/location';
import type { TrainingServices } from './training';

/** Each try waits for the other program, and the window with it. */
const BETWEEN_TRIES_MILLISECONDS = 10_000;

export class EventRecord {
  #unwritten: { event: RunEvent; at: Date }[] = [];
  #told = new Set<Failure['kind']>();
  #triedInVainAt = -Infinity;

  constructor(
    private readonly runId: string,
    private readonly services: Pick<TrainingServices, 'db' | 'dataFolder' | 'log' | 'send'>,
  ) {}

  add(event: RunEvent): void {
    this.#unwritten.push({ event: this.#stored(event), at: new Date() });
    const isEnd = event.kind === 'saved' || event.kind === 'finished' || event.kind === 'paused' || event.kind === 'failed';
    if (isEnd || performance.now() - this.#triedInVainAt > BETWEEN_TRIES_MILLISECONDS) this.write();
  }

  /** A history that cannot be written must not end the training: the model on disk is what counts. */
  write(): void {
    for (let next = this.#unwritten.at(0); next; next = this.#unwritten.at(0)) {
      try {
        recordRunEvent(this.services.db, this.runId, next.event, next.at);
      } catch (error) {
        const failure = toFailure(error, this.services.db.path);
        this.#tell(error, failure);
        this.#triedInVainAt = performance.now();
        if (failure.kind === 'database-busy') return;
      }
      this.#unwritten.shift();
    }
  }

  #tell(error: unknown, failure: Failure): void {
    this.services.log.error('history', error);
    if (this.#told.has(failure.kind)) return;
    this.#told.add(failure.kind);
    const what = failure.kind === 'database-busy' ? 'The history of this run is written later' : 'The history of this run is incomplete';
    const message = `${what}: ${failureSentence(failure)}`;
    this.services.send({ kind: 'run', runId: this.runId, event: { kind: 'note', message } });
  }

  #stored(event: RunEvent): RunEvent {
    const named = event.kind === 'checkpoint' || event.kind === 'saved';
    return named ? { ...event, folder: toStored(this.services.dataFolder, event.folder) } : event;
  }
}
