// The app ends as by Quit, which asks while a run trains, and starts again by itself: as usual, or in safe mode.
import path from 'node:path';
import type { Start } from './given-arguments';

export const SAFE_MODE = '--safe-mode';

export type RestartHow = 'normal' | 'safe';

/** With which it starts again: its switches, without the files that were opened then. In development the app's folder says what starts. */
export function argumentsAgain({ argv, folder, appFolder }: Start, how: RestartHow): string[] {
  const words = argv.slice(1);
  const end = words.indexOf('--');
  const kept = (end < 0 ? words : words.slice(0, end)).filter((word) =>
    word.startsWith('-') ? word !== SAFE_MODE : path.resolve(folder, word) === path.resolve(appFolder),
  );
  return how === 'safe' ? [SAFE_MODE, ...kept] : kept;
}

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
