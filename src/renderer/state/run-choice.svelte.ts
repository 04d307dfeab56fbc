// Which runs of the history are ticked, for what is done with several; kept while other pages are looked at.
import { SvelteSet } from 'svelte/reactivity';
import { LEAST_COMPARED, MOST_COMPARED } from '#shared/comparison/comparison';
import type { RunSummary } from '#shared/run-record';

type Started = Pick<RunSummary, 'id' | 'startedAt'>;

export class RunChoice {
  readonly #ticked = new SvelteSet<string>();

  has(id: string): boolean {
    return this.#ticked.has(id);
  }

  toggle(id: string): void {
    if (!this.#ticked.delete(id)) this.#ticked.add(id);
  }

  /** All of them, or none. */
  set(runs: readonly Started[], on: boolean): void {
    for (const { id } of runs)
      if (on) this.#ticked.add(id);
      else this.#ticked.delete(id);
  }

  clear(): void {
    this.#ticked.clear();
  }

  /** Those of the list, the oldest first: it is the baseline until another is pinned. */
  of(runs: readonly Started[]): string[] {
    return oldestFirst(runs.filter(({ id }) => this.#ticked.has(id))).map(({ id }) => id);
  }
}

export const canCompare = (ids: readonly string[]): boolean => ids.length >= LEAST_COMPARED && ids.length <= MOST_COMPARED;

export const oldestFirst = <Run extends Started>(runs: readonly Run[]): Run[] =>
  [...runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
