// What was handed over from outside to be opened: data are checked at once where nothing is in the way, all else waits for a yes.
import type { WindowApi } from '#shared/contract';
import type { Given } from '#shared/given';
import { answered } from './answered';
import type { Incoming } from './incoming.svelte';
import type { Route } from './route.svelte';
import type { RunTransfer } from './run-transfer.svelte';

interface Desk {
  route: Pick<Route, 'page' | 'id' | 'go'>;
  incoming: Pick<Incoming, 'busy' | 'chosen' | 'take' | 'discard'>;
  transfer: Pick<RunTransfer, 'importing' | 'take'>;
}

export class GivenFiles {
  #waiting = $state.raw<Given[]>([]);
  /** Settled here, while main may still name them. */
  #settled: string[] = [];

  constructor(
    private readonly api: Pick<WindowApi, 'getGiven' | 'settleGiven'>,
    private readonly desk: Desk,
  ) {}

  async load(): Promise<void> {
    this.hear(await answered(this.api.getGiven()));
  }

  hear(waiting: Given[]): void {
    this.#waiting = waiting.filter(({ token }) => !this.#settled.includes(token));
    const [first] = this.#waiting;
    if (first?.kind === 'data' && this.#isFree) void this.take(first);
  }

  /** What the person is asked about, the oldest first. */
  get asked(): Given | undefined {
    return this.#waiting[0];
  }

  /** So many come after it. */
  get more(): number {
    return Math.max(0, this.#waiting.length - 1);
  }

  /** Why it has to wait although the person says yes. */
  get isHeld(): boolean {
    const { asked, desk } = this;
    if (asked?.kind === 'runs') return desk.transfer.importing.running;
    return asked?.kind === 'data' && desk.incoming.busy;
  }

  /** A check that is looked at, and what is changed on the page of a version, would go. */
  get #isFree(): boolean {
    const { incoming, route } = this.desk;
    return !incoming.busy && incoming.chosen === undefined && !(route.page === 'data' && route.id !== undefined);
  }

  async take(given: Given): Promise<void> {
    const { incoming, route, transfer } = this.desk;
    this.leave(given);
    if (given.kind === 'refused') return;
    route.go(given.kind === 'runs' ? 'history' : 'data');
    if (given.kind === 'runs') return transfer.take(given);
    incoming.discard();
    await incoming.take(given);
  }

  leave({ token }: Given): void {
    this.#settled.push(token);
    this.#waiting = this.#waiting.filter((given) => given.token !== token);
    void answered(this.api.settleGiven(token));
  }
}
