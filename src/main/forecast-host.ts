// What is asked while a run's settings are chosen: forecasts, by a process that stays while they are asked for and ends when the page is
// left, when a run needs the memory or when nobody has asked for a while; and the check of whole against pieces, a process each.
import { died, type Fork } from '#shared/child';
import type { ForecastQuestion, PlannedRun, RunForecast, WholeAndPieces } from '#shared/forecast';
import { HostedForecast } from '#shared/hosted-forecast';
import { startJob, type Job } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { Idle } from './idle';

export class ForecastHost {
  readonly #forecasts: HostedForecast;
  readonly #idle: Idle;
  #check?: Job<TrainerCommand, WholeAndPieces>;

  constructor(
    private readonly fork: Fork,
    idleMilliseconds?: number,
  ) {
    this.#forecasts = new HostedForecast(() => fork<TrainerCommand, TrainerMessage>('trainer'));
    this.#idle = new Idle(() => this.leave(), idleMilliseconds);
  }

  /** The newest takes the place of the one before. @throws FailureError */
  forecast(asked: ForecastQuestion): Promise<RunForecast> {
    return this.#idle.until(this.#forecasts.ask(asked));
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
    this.#idle.stop();
    this.#forecasts.close();
  }

  /** All of its memory is free then. */
  close(): void {
    this.leave();
    this.cancelCheck();
  }
}
