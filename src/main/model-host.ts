// The process that keeps a model loaded while its page is open: started by the first question, ended when the page is left, when a run needs the
// memory, or when nobody has asked for a while.
import type { ModelAnswer, ModelAsk, PictureAnswers } from '#shared/asking';
import type { Fork } from '#shared/child';
import { HostedModel, type Asked } from '#shared/hosted-model';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

const IDLE_MILLISECONDS = 120_000;

export class ModelHost {
  readonly #model: HostedModel;
  #idle?: NodeJS.Timeout;
  #busy = 0;
  #many?: Asked<void>;

  constructor(
    fork: Fork,
    private readonly idleMilliseconds = IDLE_MILLISECONDS,
  ) {
    this.#model = new HostedModel(() => fork<TrainerCommand, TrainerMessage>('trainer'));
  }

  /** @throws FailureError */
  ask<What extends 'picture' | 'where'>(modelFolder: string, ask: Extract<ModelAsk, { what: What }>) {
    return this.#kept(() => this.#model.ask({ modelFolder, engine: 'auto' }, ask).answer as Promise<Extract<ModelAnswer, { what: What }>>);
  }

  /** The newest pictures take the place of those being asked about. @throws FailureError cancelled */
  askMany(modelFolder: string, files: readonly string[], tell: (answers: PictureAnswers) => void): Promise<void> {
    this.cancelMany();
    const many = this.#model.askMany({ modelFolder, engine: 'auto' }, files, tell);
    this.#many = many;
    return this.#kept(() => many.answer);
  }

  cancelMany(): void {
    this.#many?.end();
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#model.close();
  }

  async #kept<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#busy++;
    try {
      return await work();
    } finally {
      if (--this.#busy === 0) {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.close(), this.idleMilliseconds);
        // A page that is closed does not hold up the end of the app.
        this.#idle.unref();
      }
    }
  }
}
