// A job of which only the newest is wanted: a new one takes the place of the one before, and of no other's.
interface Cancellable<Result> {
  readonly result: Promise<Result>;
  cancel(): void;
}

export class NewestJob {
  #job?: { cancel(): void };

  /** @throws FailureError cancelled where another took its place */
  async run<Result>(start: () => Cancellable<Result>): Promise<Result> {
    this.cancel();
    const job = start();
    this.#job = job;
    try {
      return await job.result;
    } finally {
      if (this.#job === job) this.#job = undefined;
    }
  }

  cancel(): void {
    this.#job?.cancel();
  }
}
