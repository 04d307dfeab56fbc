// Answers questions to a model under their numbers, and keeps the model asked last loaded for the next.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '#shared/assert-never';
import type { ModelAnswer, ModelAsk } from '#shared/asking';
import { FailureError, toFailure } from '#shared/failure';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { answerMany } from './answer-many';
import { answerPicture } from './answer-picture';
import { openModel, type OpenModel } from './open-model';
import { whereLooked } from './where-looked';

type Asked = Extract<TrainerCommand, { kind: 'ask' }>;

export class ModelServer {
  #kept?: KeptModel;
  #opening: Promise<unknown> = Promise.resolve();
  readonly #asked = new Map<number, AbortController>();

  constructor(private readonly post: (message: TrainerMessage) => void) {}

  /** One that fails leaves the others of its page alone; a single picture does not wait for many. */
  async ask({ number, ask, ...of }: Asked): Promise<void> {
    const ended = new AbortController();
    this.#asked.set(number, ended);
    const opened = this.#opening.then(() => this.#model(of));
    this.#opening = opened.catch(() => undefined);
    try {
      const kept = await opened;
      try {
        this.post({ kind: 'asked', number, answer: await this.#answer(kept.model, number, ask, ended.signal) });
      } finally {
        kept.release();
      }
    } catch (error) {
      const failure = toFailure(error);
      this.post({ kind: 'not-asked', number, failure: failure.kind === 'out-of-memory' ? { ...failure, asking: true } : failure });
    } finally {
      this.#asked.delete(number);
    }
  }

  end(number: number): void {
    this.#asked.get(number)?.abort();
  }

  async #answer(model: OpenModel, number: number, ask: ModelAsk, signal: AbortSignal): Promise<ModelAnswer> {
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    switch (ask.what) {
      case 'picture':
        return { what: 'picture', prediction: await answerPicture(model, ask.picture, { whole: ask.whole, signal }) };
      case 'where':
        return { what: 'where', where: await whereLooked(model, ask.picture, ask.label, signal) };
      case 'pictures': {
        let from = 0;
        for await (const answers of answerMany(model, ask.files, signal)) {
          this.post({ kind: 'answers', number, answers: { from, answers } });
          from += answers.length;
        }
        return { what: 'pictures', labels: model.metadata.labels };
      }
      default:
        return assertNever(ask);
    }
  }

  /** To be released. Opened anew where a run has saved other weights since. */
  async #model({ modelFolder, engine }: Pick<Asked, 'modelFolder' | 'engine'>): Promise<KeptModel> {
    const saved = statSync(join(modelFolder, 'weights.bin'), { throwIfNoEntry: false })?.mtimeMs;
    const version = `${modelFolder} ${saved}`;
    if (this.#kept?.version !== version) {
      this.#kept?.release();
      this.#kept = undefined;
      this.#kept = new KeptModel(await openModel(modelFolder, engine), version);
    }
    return this.#kept.lend();
  }
}

/** Disposed of when nobody asks it any more and another has taken its place. */
class KeptModel {
  #users = 1;

  constructor(
    readonly model: OpenModel,
    readonly version: string,
  ) {}

  lend(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.model.dispose();
  }
}
