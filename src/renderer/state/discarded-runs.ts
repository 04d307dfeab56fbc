// Discarding a run, training or not, and bringing it back: said with the place where it is then.
import type { RunSummary } from '#shared/run-record';
import { RUN_STATES } from '../words/run-words';
import type { History } from './history.svelte';
import type { LiveRun } from './live-run.svelte';
import { addressOf, type Route } from './route.svelte';
import type { RunQueue } from './run-queue.svelte';
import type { Toasts } from './toasts.svelte';

export interface Around {
  live: LiveRun;
  history: History;
  queue: RunQueue;
  route: Route;
  toasts: Toasts;
}

export class DiscardedRuns {
  constructor(private readonly around: Around) {}

  /** Ends the run that trains and hides it. */
  async discardLive(name: string): Promise<void> {
    const { history, live } = this.around;
    const id = await live.discard();
    if (id === undefined) return;
    await history.load();
    this.#say(id, name);
  }

  /** Hides one that was left unfinished; true where that went well. */
  async discard({ id, name }: Pick<RunSummary, 'id' | 'name'>): Promise<boolean> {
    if (!(await this.around.history.hide([id]))) return false;
    this.#say(id, name);
    return true;
  }

  #say(id: string, name: string): void {
    // @wc-ignore
    const about = `discarded ${id}`;
    this.around.toasts.say(`Discarded the run “${name}”.`, () => void this.#bringBack(id), about);
  }

  async #bringBack(id: string): Promise<void> {
    const { history, live, queue, route, toasts } = this.around;
    await history.restore([id]);
    const run = history.runs.find((each) => each.id === id);
    if (!run) return toasts.say(history.changing.problem ?? 'This run could not be brought back.');
    const state = RUN_STATES[run.state].label.toLowerCase();
    if (!live.active && !queue.upNext) {
      await live.lookAt(id);
      route.go('run');
      return toasts.say(`“${run.name}” is back, ${state}.`);
    }
    const link = { label: 'Show it', address: addressOf('history', id) };
    toasts.sayWithLink(`“${run.name}” is back in History, ${state}. It can go on when nothing else trains.`, link);
  }
}
