// A process that writes where a person wants something, one at a time: ended before it is done, nothing of it stays there.
import { rm } from 'node:fs/promises';
import { FailureError, toFailure } from '#shared/failure';

interface Ending<Result> {
  readonly result: Promise<Result>;
  cancel(): void;
}

export class WritingJob<Result> {
  #current?: { job: Ending<Result>; ended: Promise<Result> };

  /** @param busy why a second one is refused */
  constructor(private readonly busy: string) {}

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** @param unfinished where it lies until it is done @throws FailureError bad-setting while another is written */
  async run(unfinished: string, start: () => Ending<Result>): Promise<Result> {
    if (this.#current) throw new FailureError({ kind: 'bad-setting', problem: this.busy });
    const job = start();
    const ended = job.result.catch(async (error: unknown) => {
      if (wasEnded(error)) await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    });
    this.#current = { job, ended };
    try {
      return await ended;
    } finally {
      this.#current = undefined;
    }
  }

  cancel(): void {
    this.#current?.job.cancel();
  }

  /** Resolves when nothing of it is left. */
  async end(): Promise<void> {
    this.cancel();
    await this.#current?.ended.catch(() => {});
  }
}

/** Such a process leaves what it was writing; any other failure cleans up after itself. */
function wasEnded(error: unknown): boolean {
  const { kind } = toFailure(error);
  return kind === 'cancelled' || kind === 'trainer-died';
}
