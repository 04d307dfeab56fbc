// Answers questions to a model under their numbers, and keeps what was asked last open for the next: a model of pictures, one of rows, or a run
// with its data.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelAnswer, ModelAsk } from '#shared/asking';
import { FailureError, toFailure } from '#shared/failure';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { openFinished } from '../evaluation/open-finished';
import { openJudged } from '../evaluation/open-judged';
import { viewMasks } from '../evaluation/view-masks';
import { openRowPredictor } from '../predict-rows';
import { answerMany } from './answer-many';
import { answerPicture } from './answer-picture';
import { Kept, type Openable } from './kept';
import { openModel, type OpenModel } from './open-model';
import { whereLooked } from './where-looked';

type Asked = Extract<TrainerCommand, { kind: 'ask' }>;
type OfPictures = Extract<ModelAsk, { what: 'picture' | 'pictures' | 'where' }>;

export class ModelServer {
  readonly #kept = new Kept();
  readonly #asked = new Map<number, AbortController>();

  constructor(private readonly post: (message: TrainerMessage) => void) {}

  /** One that fails leaves the others of its page alone; a single picture does not wait for many. */
  async ask(asked: Asked): Promise<void> {
    const { number } = asked;
    const ended = new AbortController();
    this.#asked.set(number, ended);
    try {
      this.post({ kind: 'asked', number, answer: await this.#answer(asked, ended.signal) });
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

  #answer({ number, ask, modelFolder, engine }: Asked, signal: AbortSignal): Promise<ModelAnswer> {
    const use = <Opened extends Openable>(what: string, open: () => Promise<Opened>, work: (opened: Opened) => Promise<ModelAnswer>) =>
      this.#kept.use(`${what} ${modelFolder} ${savedAt(modelFolder)}`, open, (opened) => {
        if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
        return work(opened);
      });
    switch (ask.what) {
      case 'row':
        return use(
          'rows',
          () => openRowPredictor(modelFolder, engine, 1),
          async (model) => ({ what: 'row', prediction: (await model.predict([ask.row], { decimal: '.' }))[0] }),
        );
      case 'masks':
        return use(
          `masks of ${ask.datasetFolder}`,
          async () => openJudged(await openFinished(modelFolder), ask),
          async (judged) => ({ what: 'masks', views: await viewMasks(judged, ask.samples, signal) }),
        );
      default:
        return use(
          'pictures',
          () => openModel(modelFolder, engine),
          (model) => this.#ofPictures(model, number, ask, signal),
        );
    }
  }

  async #ofPictures(model: OpenModel, number: number, ask: OfPictures, signal: AbortSignal): Promise<ModelAnswer> {
    if (ask.what === 'picture') {
      return { what: 'picture', prediction: await answerPicture(model, ask.picture, { whole: ask.whole, signal }) };
    }
    if (ask.what === 'where') return { what: 'where', where: await whereLooked(model, ask.picture, ask.label, signal) };
    let from = 0;
    for await (const answers of answerMany(model, ask.files, signal)) {
      this.post({ kind: 'answers', number, answers: { from, answers } });
      from += answers.length;
    }
    return { what: 'pictures', labels: model.metadata.labels };
  }
}

/** A run that goes on saves other weights. */
const savedAt = (modelFolder: string): number | undefined => statSync(join(modelFolder, 'weights.bin'), { throwIfNoEntry: false })?.mtimeMs;
