// A model kept loaded in a process of its own while it is asked about pictures: numbered questions, a process for as long as it is used. Where a
// picture crashes its decoder, the picture is found and named, and the others are answered. Main and the command line host it with this.
import type { ModelAnswer, ModelAsk, PictureAnswers } from './asking';
import { died, type Child } from './child';
import type { EngineChoice } from './engine';
import { FailureError } from './failure';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

interface Waiting {
  resolve(answer: ModelAnswer): void;
  reject(error: FailureError): void;
  tell(answers: PictureAnswers): void;
}

export interface Asked<Answer> {
  readonly answer: Promise<Answer>;
  /** The answer is the failure "cancelled" then, unless it was on its way. */
  end(): void;
}

export interface AskedModel {
  modelFolder: string;
  engine: EngineChoice;
}

/** Pictures asked about one by one after a crash, which was in one of those read ahead. */
const ALONE_AFTER_CRASH = 64;
/** A process is begun anew for each; more of them is no accident of single pictures. */
const MOST_CRASHES = 20;
const CRASHED = 'The program that reads pictures crashed at this one. Save it anew in another program.';

export class HostedModel {
  #child?: Child<TrainerCommand, TrainerMessage>;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly fork: () => Child<TrainerCommand, TrainerMessage>) {}

  /** The answer fails with trainer-died, with "cancelled" when it or the process was ended, and with what it was refused for. */
  ask({ modelFolder, engine }: AskedModel, ask: ModelAsk, tell: (answers: PictureAnswers) => void = () => {}): Asked<ModelAnswer> {
    const number = this.#number++;
    const answer = new Promise<ModelAnswer>((resolve, reject) => this.#waiting.set(number, { resolve, reject, tell }));
    this.#child ??= this.#start();
    const child = this.#child;
    child.post({ kind: 'ask', number, modelFolder, engine, ask });
    return { answer, end: () => this.#waiting.has(number) && child.post({ kind: 'end-ask', number }) };
  }

  /** Every picture is told of, in order. It fails as `ask` does, but for the crash of a single picture. */
  askMany(model: AskedModel, files: readonly string[], tell: (answers: PictureAnswers) => void): Asked<void> {
    let asked: Asked<ModelAnswer> | undefined;
    let isEnded = false;
    const answerAll = async (): Promise<void> => {
      let [from, alone, crashes] = [0, 0, 0];
      while (from < files.length) {
        if (isEnded) throw new FailureError({ kind: 'cancelled' });
        const begin = from;
        const hear = ({ from: at, answers }: PictureAnswers): void => {
          tell({ from: begin + at, answers });
          from = begin + at + answers.length;
        };
        try {
          asked = this.ask(model, { what: 'pictures', files: files.slice(begin, alone > 0 ? begin + 1 : undefined) }, hear);
          await asked.answer;
          alone--;
        } catch (error) {
          if (!(error instanceof FailureError) || error.failure.kind !== 'trainer-died' || ++crashes > MOST_CRASHES) throw error;
          if (alone > 0 || files.length - from === 1) hear({ from: from - begin, answers: [{ problem: CRASHED }] });
          else alone = ALONE_AFTER_CRASH;
        }
      }
    };
    return {
      answer: answerAll(),
      end() {
        isEnded = true;
        asked?.end();
      },
    };
  }

  /** Ends the process: its memory is free, and who waits for an answer gets "cancelled". */
  close(): void {
    const child = this.#child;
    this.#child = undefined;
    this.#refuse(new FailureError({ kind: 'cancelled' }));
    child?.kill();
  }

  #refuse(error: FailureError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  #start(): Child<TrainerCommand, TrainerMessage> {
    const child = this.fork();
    child.onMessage((message) => {
      if (!('number' in message) || this.#child !== child) return;
      const waiting = this.#waiting.get(message.number);
      if (message.kind === 'answers') return waiting?.tell(message.answers);
      this.#waiting.delete(message.number);
      if (message.kind === 'not-asked') waiting?.reject(new FailureError(message.failure));
      else waiting?.resolve(message.answer);
    });
    child.onExit((how) => {
      // Closed by us: who waits was told.
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#refuse(new FailureError(died(how)));
    });
    return child;
  }
}
