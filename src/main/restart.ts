// The app ends as by Quit, which asks while a run trains, and starts again by itself: as usual, or in safe mode.
export const SAFE_MODE = '--safe-mode';

export type RestartHow = 'normal' | 'safe';

export interface RestartServices {
  quit(): void;
  /** Once it has ended, it starts again. */
  relaunch(how: RestartHow): void;
}

export class Restart {
  #wanted?: { how: RestartHow; withdraw?: () => void };

  constructor(private readonly services: RestartServices) {}

  /** @param withdraw what was prepared for it alone, where it does not come to that */
  now(how: RestartHow = 'normal', withdraw?: () => void): void {
    this.forget();
    this.#wanted = { how, withdraw };
    this.services.quit();
  }

  /** It does not come to that: the next end is one. */
  forget(): void {
    this.#wanted?.withdraw?.();
    this.#wanted = undefined;
  }

  /** It is ending. */
  ends(): void {
    if (this.#wanted) this.services.relaunch(this.#wanted.how);
  }
}
