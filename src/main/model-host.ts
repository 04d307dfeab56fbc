// The process that keeps a model loaded while its page is open: started by the first question, ended when the page is left, when a run needs the
// memory, or when nobody has asked for a while.
import type { AskedKind, ModelAnswer, ModelAsk, PictureAnswers, PictureSource, WhereLooked } from '#shared/asking';
import type { Fork } from '#shared/child';
import type { MaskViews } from '#shared/evaluation/evaluation';
import { isExhausted } from '#shared/hosted-judging';
import { HostedModel, type Asked } from '#shared/hosted-model';
import type { Prediction, RawRow, RowPrediction } from '#shared/prediction';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { Idle } from './idle';
import { later } from './later';

export class ModelHost {
  readonly #model: HostedModel;
  readonly #idle: Idle;
  /** Asked last, of each kind. */
  readonly #asked: Partial<Record<AskedKind, Asked<unknown>>> = {};
  /** Masks at once: more have been the end of a process since the page was opened. */
  #mostMasks?: number;

  constructor(fork: Fork, idleMilliseconds?: number, silentMs?: number) {
    this.#model = new HostedModel(() => fork<TrainerCommand, TrainerMessage>('trainer'), later, silentMs);
    this.#idle = new Idle(() => this.close(), idleMilliseconds);
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

  /** @throws FailureError */
  async row(modelFolder: string, row: RawRow): Promise<RowPrediction> {
    const answer = await this.#ask(modelFolder, { what: 'row', row });
    if (answer.what !== 'row') throw unasked(answer);
    return answer.prediction;
  }

  /** The newest take the place of those being asked about. Where a process dies of memory, again with half as many at once. @throws FailureError */
  async masks(modelFolder: string, datasetFolder: string, samples: number[]): Promise<MaskViews> {
    this.cancel('masks');
    for (;;) {
      const atOnce = Math.min(samples.length, this.#mostMasks ?? Infinity);
      try {
        const answer = await this.#ask(modelFolder, { what: 'masks', datasetFolder, samples, mostMicro: this.#mostMasks });
        if (answer.what !== 'masks') throw unasked(answer);
        return answer.views;
      } catch (error) {
        if (atOnce === 1 || !isExhausted(error)) throw error;
        this.#mostMasks = Math.floor(atOnce / 2);
      }
    }
  }

  /** The newest pictures take the place of those being asked about. @throws FailureError cancelled */
  askMany(modelFolder: string, files: readonly string[], tell: (answers: PictureAnswers) => void): Promise<void> {
    this.cancel('pictures');
    const asked = this.#model.askMany({ modelFolder, engine: 'auto' }, files, tell);
    this.#asked.pictures = asked;
    return this.#idle.until(asked.answer);
  }

  cancel(what: AskedKind): void {
    this.#asked[what]?.end();
  }

  /** Whoever still waits for an answer gets it. */
  closeIfUnasked(): void {
    this.#idle.endIfUnasked();
  }

  close(): void {
    this.#idle.stop();
    this.#model.close();
    this.#mostMasks = undefined;
  }

  #ask(modelFolder: string, ask: ModelAsk): Promise<ModelAnswer> {
    const asked = this.#model.ask({ modelFolder, engine: 'auto' }, ask);
    this.#asked[ask.what] = asked;
    return this.#idle.until(asked.answer);
  }
}

const unasked = ({ what }: ModelAnswer) => new Error(`The training process answered "${what}" to another question.`);
