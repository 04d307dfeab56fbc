// The process that says what a run will need while its settings are being chosen: it keeps the data and the network open from question to
// question, and the newest question takes the place of the one before. Main and the command line host it with this.
import { exitInWords, type Child, type Exit } from './child';
import type { EngineChoice } from './engine';
import { FailureError, type Failure } from './failure';
import type { ForecastQuestion, RunForecast } from './forecast';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

type Process = Child<TrainerCommand, TrainerMessage>;

interface Waiting {
  question: number;
  resolve(forecast: RunForecast): void;
  reject(error: FailureError): void;
}

export class HostedForecast {
  #child?: Process;
  /** A process has one engine for as long as it lives. */
  #engine?: EngineChoice;
  #question = 0;
  #waiting?: Waiting;

  constructor(private readonly fork: () => Process) {}

  /** @throws FailureError with "cancelled" where another question followed or the process was ended, and with what it was refused for */
  ask(asked: ForecastQuestion): Promise<RunForecast> {
    this.#refuse({ kind: 'cancelled' });
    if (this.#engine !== asked.spec.engine) this.#end();
    this.#engine = asked.spec.engine;
    this.#child ??= this.#start();
    const question = ++this.#question;
    const answer = new Promise<RunForecast>((resolve, reject) => (this.#waiting = { question, resolve, reject }));
    this.#child.post({ kind: 'forecast', question, asked });
    return answer;
  }

  /** Its memory is free then. */
  close(): void {
    this.#refuse({ kind: 'cancelled' });
    this.#end();
  }

  #end(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
  }

  #refuse(failure: Failure): void {
    this.#waiting?.reject(new FailureError(failure));
    this.#waiting = undefined;
  }

  #start(): Process {
    const child = this.fork();
    child.onMessage((message) => {
      if (!('question' in message) || message.question !== this.#waiting?.question) return;
      const { resolve, reject } = this.#waiting;
      this.#waiting = undefined;
      if (message.kind === 'forecast') resolve(message.forecast);
      else reject(new FailureError(message.failure));
    });
    child.onExit((how) => {
      // Ended by us: who waited was told.
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#refuse(diedOf(how));
    });
    return child;
  }
}

/** Nothing was being trained, and the next question starts it again. */
const diedOf = (how: Exit): Failure => ({
  kind: 'bad-setting',
  problem: `The program that forecasts ended (${exitInWords(how)}). Change a setting to ask it again, or press Start.`,
});
