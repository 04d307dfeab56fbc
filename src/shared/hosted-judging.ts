// A model is judged in a process that may die: where memory was the cause it is started again, with half as many samples at once. Electron's main
// process and the command line host it with this.
import { FailureError } from './failure';
import type { Job, Reading } from './job';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

export type JudgingCommand = Extract<TrainerCommand, { kind: 'evaluate' }>;
type Start<Result> = (command: JudgingCommand, read: Reading<TrainerMessage, Result>) => Job<TrainerCommand, Result>;

export class HostedJudging<Result> {
  #job?: Job<TrainerCommand, Result>;
  #isCancelled = false;

  constructor(
    private readonly start: Start<Result>,
    private readonly read: Reading<TrainerMessage, Result>,
  ) {}

  /** @throws FailureError what it failed with; trainer-died where that was not for memory, or of one sample; cancelled */
  async run(first: JudgingCommand): Promise<Result> {
    for (let command = first; ;) {
      let micro = 1;
      this.#job = this.start(command, (message) => {
        if (message.kind === 'judging') micro = message.micro;
        return this.read(message);
      });
      try {
        return await this.#job.result;
      } catch (error) {
        if (this.#isCancelled) throw new FailureError({ kind: 'cancelled' });
        if (micro === 1 || !isExhausted(error)) throw error;
        command = { ...command, mostMicro: Math.floor(micro / 2) };
      }
    }
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#job?.cancel();
  }
}

/** A process died, and memory was the cause. */
export const isExhausted = (error: unknown): boolean =>
  error instanceof FailureError && error.failure.kind === 'trainer-died' && error.failure.exhausted === true;
