// Answers what a run will need, question by question, and keeps what the last one was about open for the next.
import { FailureError, toFailure } from '#shared/failure';
import type { RunForecast } from '#shared/forecast';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { turn } from '../turn';
import { forecastRun } from './forecast-run';
import { SpeedOfComputer } from './speed-of-computer';
import { openSubject, subjectKey, type Subject } from './subject';

type Asked = Extract<TrainerCommand, { kind: 'forecast' }>;

export class ForecastServer {
  /** Not begun yet; only the newest is ever answered. */
  #next?: Asked;
  #isBusy = false;
  readonly #speed = new SpeedOfComputer();
  #open?: { key: string; subject: Subject };
  /** What was answered last: asked again, more is looked at. */
  #answered?: string;

  constructor(private readonly post: (message: TrainerMessage) => void) {}

  async ask(asked: Asked): Promise<void> {
    if (this.#next) this.#refuse(this.#next, new FailureError({ kind: 'cancelled' }));
    this.#next = asked;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#next) {
      const now: Asked = this.#next;
      this.#next = undefined;
      try {
        this.post({ kind: 'forecast', question: now.question, forecast: await this.#answer(now) });
      } catch (error) {
        this.#refuse(now, error);
      }
    }
    this.#isBusy = false;
  }

  async #answer({ asked }: Asked): Promise<RunForecast> {
    const subject = await this.#subject(asked);
    const pause = async (): Promise<void> => {
      await turn();
      if (this.#next) throw new FailureError({ kind: 'cancelled' });
    };
    const key = JSON.stringify([asked.datasetFolder, asked.startPath, asked.spec]);
    const isAgain = this.#answered === key;
    const speed = await this.#speed.of(subject, asked, isAgain, pause);
    const forecast = await forecastRun(subject, asked, speed, pause, isAgain);
    this.#answered = key;
    return forecast;
  }

  async #subject(asked: Asked['asked']): Promise<Subject> {
    const key = subjectKey(asked);
    if (this.#open?.key === key) return this.#open.subject;
    const before = this.#open;
    this.#open = undefined;
    await before?.subject.data.close();
    const subject = await openSubject(asked);
    this.#open = { key, subject };
    return subject;
  }

  #refuse({ question }: Asked, error: unknown): void {
    this.post({ kind: 'not-forecast', question, failure: toFailure(error) });
  }
}
