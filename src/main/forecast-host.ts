// What is asked while a run's settings are chosen: forecasts, by a process that stays while they are asked for and ends when the page is
// left, when a run needs the memory or when nobody has asked for a while; and the check of whole against pieces, a process each.
import { died, type Fork } from '#shared/child';
import type { ForecastQuestion, PlannedRun, RunForecast, WholeAndPieces } from '#shared/forecast';
import { HostedForecast } from '#shared/hosted-forecast';
import { startJob, type Job } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

const IDLE_MILLISECONDS = 120_000;

export class ForecastHost {
  readonly #forecasts: HostedForecast;
  #idle?: NodeJS.Timeout;
  #check?: Job<TrainerCommand, WholeAndPieces>;

  constructor(
    private readonly fork: Fork,
    private readonly idleMilliseconds = IDLE_MILLISECONDS,
  ) {
    this.#forecasts = new HostedForecast(() => fork<TrainerCommand, TrainerMessage>('trainer'));
  }

  /** The newest takes the place of the one before. @throws FailureError */
  async forecast(asked: ForecastQuestion): Promise<RunForecast> {
    clearTimeout(this.#idle);
    try {
      return await this.#forecasts.ask(asked);
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.leave(), this.idleMilliseconds);
      // A page that is closed does not hold up the end of the app.
      this.#idle.unref();
    }
  }

  /** The newest takes the place of the one before. @throws FailureError */
  async check(run: PlannedRun): Promise<WholeAndPieces> {
    this.cancelCheck();
    const job = startJob<TrainerCommand, TrainerMessage, WholeAndPieces>(
      this.fork('trainer'),
      { kind: 'check-pieces', ...run },
      (message) => (message.kind === 'pieces-checked' ? { result: message.check } : undefined),
      died,
    );
    this.#check = job;
    try {
      return await job.result;
    } finally {
      if (this.#check === job) this.#check = undefined;
    }
  }

  cancelCheck(): void {
    this.#check?.cancel();
  }

  /** The page of settings is left. */
  leave(): void {
    clearTimeout(this.#idle);
    this.#forecasts.close();
  }

  /** All of its memory is free then. */
  close(): void {
    this.leave();
    this.cancelCheck();
  }
}
