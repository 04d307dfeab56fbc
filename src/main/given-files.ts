// What was handed over to be opened and is not dealt with yet: the window asks for it and says when it is done, so that neither a window that is
// still being loaded nor one that is loaded anew misses it.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import type { Given } from '#shared/given';
import { givenArguments, MOST_GIVEN, type Start } from './given-arguments';
import { lookAtGiven } from './look-at-given';
import type { Tokens } from './tokens';

const HandedSchema = v.object({ files: v.pipe(v.array(v.string()), v.maxLength(MOST_GIVEN)) });
/** What a second start hands over to the first. */
export type Handed = v.InferOutput<typeof HandedSchema>;

export const handedBy = (start: Start): Handed => ({ files: givenArguments(start) });

export interface GivenServices {
  tokens: Tokens;
  /** The window, where there is one. */
  tell(waiting: Given[]): void;
}

export class GivenFiles {
  #waiting: Given[] = [];

  constructor(private readonly services: GivenServices) {}

  get waiting(): Given[] {
    return this.#waiting;
  }

  /** @param handed of another process, which may be anybody's */
  async takeHanded(handed: unknown): Promise<void> {
    const read = v.safeParse(HandedSchema, handed);
    if (read.success) await this.take(read.output.files);
  }

  async take(files: readonly string[]): Promise<void> {
    if (files.length === 0) return;
    const looked = await Promise.all(files.map((file) => this.#look(file)));
    this.#change([...this.#waiting, ...looked].slice(-MOST_GIVEN));
  }

  /** The person has said what is to become of it. */
  settle(token: string): void {
    this.#change(this.#waiting.filter((given) => given.token !== token));
  }

  async #look(file: string): Promise<Given> {
    const found = await lookAtGiven(file);
    if (found.kind === 'refused') return { ...found, token: randomUUID(), name: path.basename(file) };
    return { kind: found.kind, ...this.services.tokens.remember(found.is, file) };
  }

  #change(waiting: Given[]): void {
    this.#waiting = waiting;
    this.services.tell(waiting);
  }
}
