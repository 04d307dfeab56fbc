// Where in a picture a model saw a class, asked for when a person wants to know.
import type { AskedPicture, WhereLooked } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import { answered } from './answered';
import { Task } from './task.svelte';

export class WhereLook {
  found = $state.raw<WhereLooked>();
  /** Of the colour laid over the picture, 0 to 1. */
  opacity = $state(0.6);
  readonly looking = new Task();
  /** What is asked for now: an answer to anything else comes too late. */
  #wanted = 0;

  constructor(private readonly api: WindowApi) {}

  async look(runId: string, picture: AskedPicture, label: string): Promise<void> {
    const wanted = ++this.#wanted;
    const found = await this.looking.run(() => answered(this.api.whereLooked(runId, picture, label)));
    if (wanted === this.#wanted) this.found = found;
  }

  forget(): void {
    this.#wanted++;
    this.found = undefined;
    this.looking.forget();
  }
}
