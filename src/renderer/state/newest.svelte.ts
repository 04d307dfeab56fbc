// The answer to the newest of several questions: one that is asked meanwhile takes the place of the one before.
import { failureSentence, toFailure } from '#shared/failure';

export class Newest<Answer> {
  #answer = $state.raw<Answer>();
  running = $state(false);
  problem = $state<string>();
  /** What was asked about last. */
  #about = $state('');
  #asked = 0;

  /** A page that is shown anew may find the answer to what was asked before. */
  of(about: string): Answer | undefined {
    return this.#about === about ? this.#answer : undefined;
  }

  /** Without an answer until this one is answered. */
  async ask(about: string, question: () => Promise<Answer>): Promise<void> {
    const mine = ++this.#asked;
    this.#about = about;
    this.#answer = this.problem = undefined;
    this.running = true;
    try {
      const answer = await question();
      if (mine === this.#asked) this.#answer = answer;
    } catch (error) {
      const failure = toFailure(error);
      if (mine === this.#asked && failure.kind !== 'cancelled') this.problem = failureSentence(failure);
    } finally {
      if (mine === this.#asked) this.running = false;
    }
  }
}
