// The process that keeps a model loaded while its page is open: started by the first question, ended when the page is left, when a run needs the
// memory, or when nobody has asked for a while.
import type { AskedKind, ModelAnswer, ModelAsk, PictureAnswers, PictureSource, WhereLooked } from '#shared/asking';
import type { Fork } from '#shared/child';
import { HostedModel, type Asked } from '#shared/hosted-model';
import type { Prediction } from '#shared/prediction';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { later } from './later';

const IDLE_MILLISECONDS = 120_000;

export class ModelHost {
  readonly #model: HostedModel;
  #idle?: NodeJS.Timeout;
  #busy = 0;
  /** Asked last, of each kind. */
  readonly #asked: Partial<Record<AskedKind, Asked<unknown>>> = {};

  constructor(
    fork: Fork,
    private readonly idleMilliseconds = IDLE_MILLISECONDS,
    silentMs?: number,
  ) {
    this.#model = new HostedModel(() => fork<TrainerCommand, TrainerMessage>('trainer'), later, silentMs);
  }

  /** @throws FailureError */
  async picture(modelFolder: string, picture: PictureSource, whole?: boolean): Promise<Prediction> {
    const answer = await this.#ask(modelFolder, { what: 'picture', picture, whole });
    if (answer.what !== 'picture') throw unasked(answer);
    return answer.prediction;
  }

  /** @throws FailureError */
  async where(modelFolder: string, picture: PictureSource, label: string): Promise<WhereLooked> {
    const answer = await this.#ask(modelFolder, { what: 'where', picture, label });
    if (answer.what !== 'where') throw unasked(answer);
    return answer.where;
  }

  /** The newest pictures take the place of those being asked about. @throws FailureError cancelled */
  askMany(modelFolder: string, files: readonly string[], tell: (answers: PictureAnswers) => void): Promise<void> {
    this.cancel('pictures');
    const asked = this.#model.askMany({ modelFolder, engine: 'auto' }, files, tell);
    this.#asked.pictures = asked;
    return this.#kept(asked.answer);
  }

  cancel(what: AskedKind): void {
    this.#asked[what]?.end();
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#model.close();
  }

  #ask(modelFolder: string, ask: ModelAsk): Promise<ModelAnswer> {
    const asked = this.#model.ask({ modelFolder, engine: 'auto' }, ask);
    this.#asked[ask.what] = asked;
    return this.#kept(asked.answer);
  }

  /** Not idle until it is answered. */
  async #kept<T>(answer: Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#busy++;
    try {
      return await answer;
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

const unasked = ({ what }: ModelAnswer) => new Error(`The training process answered "${what}" to another question.`);
