// Paths the person chose stay here; the window holds a random token and a name to show.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Chosen } from '#shared/contract';
import { FailureError } from '#shared/failure';

export type ChosenKind = 'folder' | 'file';

/** Enough for any session; the oldest are forgotten first. */
const MOST_TOKENS = 1_000;

export class Tokens {
  readonly #paths = new Map<string, { kind: ChosenKind; path: string }>();

  remember(kind: ChosenKind, chosen: string): Chosen {
    const token = randomUUID();
    this.#paths.set(token, { kind, path: chosen });
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= MOST_TOKENS) break;
      this.#paths.delete(oldest);
    }
    return { token, name: path.basename(chosen) || chosen };
  }

  /** The path behind a token, be it a folder or a file. */
  data(token: string): string {
    return this.path(this.#paths.get(token)?.kind ?? 'folder', token);
  }

  /** The path behind a token; a token that was never given out, or for the other kind, is refused. */
  path(kind: ChosenKind, token: string): string {
    const known = this.#paths.get(token);
    if (known?.kind === kind) return known.path;
    throw new FailureError({
      kind: 'bad-setting',
      problem:
        kind === 'folder'
          ? 'Choose the folder again: this choice is no longer known.'
          : 'Choose the file again: this choice is no longer known.',
    });
  }
}
