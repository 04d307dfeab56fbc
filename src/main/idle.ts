// Ends what is kept for quick answers when nobody has asked for a while.

const IDLE_MILLISECONDS = 120_000;

export class Idle {
  #timer?: NodeJS.Timeout;
  #busy = 0;

  constructor(
    private readonly end: () => void,
    private readonly milliseconds = IDLE_MILLISECONDS,
  ) {}

  /** Not idle until this is answered, and everything else that was asked. */
  async until<T>(answer: Promise<T>): Promise<T> {
    this.stop();
    this.#busy++;
    try {
      return await answer;
    } finally {
      if (--this.#busy === 0) {
        this.stop();
        this.#timer = setTimeout(this.end, this.milliseconds);
        // A page that is closed does not hold up the end of the app.
        this.#timer.unref();
      }
    }
  }

  /** As soon as everything that was asked is answered. */
  endIfUnasked(): void {
    if (this.#busy === 0) this.end();
  }

  /** It has ended for another reason. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
