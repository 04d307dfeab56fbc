// The app ends as by Quit, which asks while a run trains, and starts again by itself.
export interface RestartServices {
  quit(): void;
  /** Once it has ended, it starts again. */
  relaunch(): void;
}

export class Restart {
  #isWanted = false;

  constructor(private readonly services: RestartServices) {}

  now(): void {
    this.#isWanted = true;
    this.services.quit();
  }

  /** The person wants a run to go on instead: the next end is one. */
  forget(): void {
    this.#isWanted = false;
  }

  /** It is ending. */
  ends(): void {
    if (this.#isWanted) this.services.relaunch();
  }
}
