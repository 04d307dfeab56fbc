// Where in a picture a model saw a class, asked for when a person wants to know.
import type { AskedPicture, WhereLooked } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import { answered } from './answered';
import { Task } from './task.svelte';

interface Question {
  runId: string;
  picture: AskedPicture;
  label: string;
}

export class WhereLook {
  found = $state.raw<WhereLooked>();
  /** Of the colour laid over the picture, 0 to 1. */
  opacity = $state(0.6);
  readonly looking = new Task();
  /** What is asked for now: an answer to anything else comes too late. */
  #wanted = $state.raw<Question>();

  constructor(private readonly api: WindowApi) {}

  /** It is being looked for, or waits until the question before it is ended. */
  get isWaiting(): boolean {
    return this.#wanted !== undefined;
  }

  async look(runId: string, picture: AskedPicture, label: string): Promise<void> {
    const wanted = { runId, picture, label };
    this.#wanted = wanted;
    if (this.looking.running) return this.#end();
    const found = await this.looking.run(() => answered(this.api.whereLooked(runId, picture, label)));
    const next = this.#wanted;
    if (next === wanted) [this.#wanted, this.found] = [undefined, found];
    else if (next) await this.look(next.runId, next.picture, next.label);
  }

  forget(): void {
    this.#wanted = this.found = undefined;
    this.looking.forget();
    this.#end();
  }

  #end(): void {
    if (this.looking.running) void this.api.cancelAsking('where');
  }
}
