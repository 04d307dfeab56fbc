// One piece of work a person waits for: is it going on, and what went wrong last time.
import { failureSentence, toFailure } from '#shared/failure';

export class Task {
  running = $state(false);
  /** The failure of the last attempt in a sentence; one that was cancelled, or paused to go on later, is none. */
  problem = $state<string>();

  /** Undefined when it failed; a second call while one runs does nothing. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.running) return undefined;
    this.running = true;
    this.problem = undefined;
    try {
      return await work();
    } catch (error) {
      const failure = toFailure(error);
      const isWanted = failure.kind === 'cancelled' || (failure.kind === 'stopped' && failure.done > 0);
      if (!isWanted) this.problem = failureSentence(failure);
      return undefined;
    } finally {
      this.running = false;
    }
  }

  forget(): void {
    this.problem = undefined;
  }
}
