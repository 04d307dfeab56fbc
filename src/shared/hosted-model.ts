// A model kept loaded in a process of its own while it is asked: numbered questions, a process for as long as it is used. Where a
// picture crashes its decoder, the picture is found and named, and the others are answered. Main and the command line host it with this.
import type { AskedKind, ModelAnswer, ModelAsk, PictureAnswers } from './asking';
import { died, exitInWords, type Child, type Exit } from './child';
import type { EngineChoice } from './engine';
import { FailureError, type Failure } from './failure';
import type { Later } from './hosted-import';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

interface Waiting {
  what: AskedKind;
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
/** A process that takes no notice of an end for so long, and says nothing to anybody, hangs in a picture or on a drive. */
const SILENT_MS = 5_000;
/** Times as long, where it has not said anything yet: engines take a while to load. */
const LOADING = 12;
const CRASHED = 'The program that reads pictures crashed at this one. Save it anew in another program.';

export class HostedModel {
  #child?: Child<TrainerCommand, TrainerMessage>;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** Numbers that were ended and have not come back. */
  readonly #ended = new Set<number>();
  #hush: () => void = () => {};
  #isLoaded = false;

  /** @param later absent: a process that hangs is waited for */
  constructor(
    private readonly fork: () => Child<TrainerCommand, TrainerMessage>,
    private readonly later?: Later,
    private readonly silentMs = SILENT_MS,
  ) {}

  /** The answer fails with trainer-died, with "cancelled" when it or the process was ended, and with what it was refused for. */
  ask({ modelFolder, engine }: AskedModel, ask: ModelAsk, tell: (answers: PictureAnswers) => void = () => {}): Asked<ModelAnswer> {
    const number = this.#number++;
    const answer = new Promise<ModelAnswer>((resolve, reject) => this.#waiting.set(number, { what: ask.what, resolve, reject, tell }));
    this.#child ??= this.#start();
    const child = this.#child;
    child.post({ kind: 'ask', number, modelFolder, engine, ask });
    return { answer, end: () => this.#end(child, number) };
  }

  #end(child: Child<TrainerCommand, TrainerMessage>, number: number): void {
    if (!this.#waiting.has(number)) return;
    child.post({ kind: 'end-ask', number });
    this.#ended.add(number);
    this.#listen(child);
  }

  /** Anything the process says shows that it does not hang. */
  #listen(child: Child<TrainerCommand, TrainerMessage>): void {
    this.#hush();
    this.#hush = () => {};
    if (this.#ended.size === 0 || this.#child !== child) return;
    const patience = this.#isLoaded ? this.silentMs : LOADING * this.silentMs;
    this.#hush = this.later?.(patience, () => child.kill()) ?? this.#hush;
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
    this.#refuse(() => ({ kind: 'cancelled' }));
    child?.kill();
  }

  /** Those that were ended are. @param failure of all others */
  #refuse(failure: (what: AskedKind) => Failure): void {
    const waiting = [...this.#waiting];
    const ended = new Set(this.#ended);
    this.#waiting.clear();
    this.#ended.clear();
    this.#hush();
    for (const [number, { what, reject }] of waiting) reject(new FailureError(ended.has(number) ? { kind: 'cancelled' } : failure(what)));
  }

  #start(): Child<TrainerCommand, TrainerMessage> {
    const child = this.fork();
    this.#isLoaded = false;
    child.onMessage((message) => {
      if (!('number' in message) || this.#child !== child) return;
      this.#isLoaded = true;
      const waiting = this.#waiting.get(message.number);
      if (message.kind === 'answers') {
        this.#listen(child);
        return waiting?.tell(message.answers);
      }
      this.#waiting.delete(message.number);
      this.#ended.delete(message.number);
      this.#listen(child);
      if (message.kind === 'not-asked') waiting?.reject(new FailureError(message.failure));
      else waiting?.resolve(message.answer);
    });
    child.onExit((how) => {
      // Closed by us: who waits was told.
      if (this.#child !== child) return;
      this.#child = undefined;
      const isAlone = this.#waiting.size === 1;
      this.#refuse((what) => (what === 'pictures' || what === 'masks' ? died(how) : diedOfOne(how, isAlone && what !== 'row')));
    });
    return child;
  }
}

/** Nothing that was saved is touched, and nobody trains: what a person can do is about the picture. */
const diedOfOne = (how: Exit, isAlone: boolean): Failure => ({
  kind: 'bad-setting',
  problem: isAlone
    ? `The program that reads pictures ended at this one (${exitInWords(how)}). Save it anew in another program, or close other programs.`
    : `The program that answers ended (${exitInWords(how)}). Ask again.`,
});
