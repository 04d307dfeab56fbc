// That runs have ended and with what: told in one message where no page shows it, until a page does or it is not true any more; also of those
// that ended while no window was open.
import type { WindowApi } from '#shared/contract';
import type { RunEvent } from '#shared/run-event';
import type { RunDetail, RunState, RunSummary } from '#shared/run-record';
import { endedTogetherWords, endedWords } from '../words/ended-words';
import { now } from '../words/time';
import type { History } from './history.svelte';
import { knownUntil, type KnownUntil } from './known-until';
import type { LiveRun } from './live-run.svelte';
import { addressOf, type Route } from './route.svelte';
import type { RunQueue } from './run-queue.svelte';
import type { Toasts } from './toasts.svelte';

export interface AroundEnd {
  live: Pick<LiveRun, 'runId' | 'leave'>;
  history: Pick<History, 'load'>;
  queue: Pick<RunQueue, 'upNext'>;
  route: Pick<Route, 'page' | 'id'>;
  toasts: Pick<Toasts, 'say' | 'sayWithLink' | 'forget' | 'has'>;
}

/** What the message about all that have ended is about. */
// @wc-ignore
const ENDED = 'ended runs';
// @wc-ignore
const unbegunOf = (runId: string): string => `unbegun ${runId}`;
/** A run that lies still has not ended. */
const ENDS: readonly RunState[] = ['completed', 'stopped', 'failed'];
/** What a message that a run has started is about. */
// @wc-ignore
export const startOf = (runId: string): string => `start of ${runId}`;
/** What a message about a run's kept model is about. */
// @wc-ignore
export const keptOf = (runId: string): string => `kept ${runId}`;

export class EndedRuns {
  /** Told of, and not seen since; the newest first. */
  #unseen: readonly RunSummary[] = [];
  /** The Run page is shown, with what is told below it. */
  #isOnRun = false;
  /** What ended before this window opened has been told. */
  #isCaughtUp = false;

  constructor(
    private readonly api: Pick<WindowApi, 'getRun' | 'putBack'>,
    private readonly around: AroundEnd,
    private readonly known: KnownUntil = knownUntil,
  ) {}

  /** A window opens. @param runs the newest first */
  catchUp(runs: readonly RunSummary[]): void {
    this.#isCaughtUp = true;
    const since = this.known.get();
    const isNews = (run: RunSummary) => ENDS.includes(run.state) && since !== undefined && (run.finishedAt ?? '') > since;
    const unseen = this.#showsAll ? [] : runs.filter((run) => isNews(run) && !this.#isShown(run));
    if (unseen.length > 0) this.#show(unseen);
    else this.settle();
  }

  /** What is not told any more is known. */
  settle(): void {
    if (this.#isCaughtUp && this.#told.length === 0) this.known.set(now());
  }

  hear(runId: string, event: RunEvent): void {
    if (event.kind === 'started') this.forget(runId);
    if (['paused', 'finished', 'failed'].includes(event.kind)) this.around.toasts.forget(startOf(runId));
    const isEnd = event.kind === 'finished' || (event.kind === 'failed' && event.failure.kind !== 'discarded');
    if (isEnd) void this.#tell(runId);
    const isUnbegun = event.kind === 'paused' && event.byStop === true && event.step === 0 && !event.canGoOn;
    if (isUnbegun) void this.#tellUnbegun(runId);
    if (event.kind === 'paused' && event.why && this.around.route.page !== 'run') void this.#tellPaused(runId);
  }

  /** It goes on, is gone, or keeps another model. */
  forget(runId: string): void {
    this.around.toasts.forget(keptOf(runId), unbegunOf(runId));
    this.#drop(({ id }) => id === runId);
  }

  /** Another page is shown. */
  moved(): void {
    const { live, route, toasts } = this.around;
    const leavesRun = this.#isOnRun && route.page !== 'run';
    this.#isOnRun = route.page === 'run';
    // The next of the queue has its place there, but what it came to stood below. Why one failed is in its own page.
    if (leavesRun) this.#drop(({ state }) => state !== 'failed');
    if (this.#showsAll) return this.#drop(() => true);
    const shown = route.page === 'run' ? live.runId : route.id;
    // What its message undoes is undone there too.
    if (shown !== undefined) toasts.forget(unbegunOf(shown), keptOf(shown));
    this.#drop(({ id }) => id === shown);
  }

  /** In a list, without why one failed. */
  get #showsAll(): boolean {
    const { page, id } = this.around.route;
    return page === 'history' && id === undefined;
  }

  get #told(): readonly RunSummary[] {
    return this.around.toasts.has(ENDED) ? this.#unseen : [];
  }

  #drop(isSeen: (run: RunSummary) => boolean): void {
    // Closed by hand, all were seen.
    const left = this.#told.filter((run) => !isSeen(run));
    if (left.length < this.#told.length) this.#show(left);
    this.settle();
  }

  async #tell(runId: string): Promise<void> {
    const { toasts } = this.around;
    const answer = await this.api.getRun(runId);
    if (!answer.ok || this.#isShown(answer.value)) return this.settle();
    const run = answer.value;
    this.#isOnRun = this.around.route.page === 'run';
    if (this.#showsAll && run.state !== 'failed') toasts.say(endedWords(run));
    else this.#show([run, ...this.#told.filter(({ id }) => id !== runId)]);
    this.settle();
  }

  #show(unseen: readonly RunSummary[]): void {
    this.#unseen = unseen;
    const { toasts } = this.around;
    const [run, ...others] = unseen;
    if (!run) return toasts.forget(ENDED);
    if (others.length > 0) return toasts.sayWithLink(endedTogetherWords(unseen), { label: 'Show', address: addressOf('history') }, ENDED);
    const label = run.state === 'failed' ? 'Show it' : 'See its result';
    toasts.sayWithLink(endedWords(run), { label, address: addressOf('history', run.id) }, ENDED);
  }

  /** By the Run page, which the next of the queue would take. */
  #isShown({ id }: RunSummary): boolean {
    const { live, queue, route } = this.around;
    return route.page === 'run' && live.runId === id && queue.upNext === undefined;
  }

  /** By itself, while the person looks elsewhere. */
  async #tellPaused(runId: string): Promise<void> {
    const answer = await this.api.getRun(runId);
    if (!answer.ok) return;
    const link = { label: 'Show it', address: addressOf('run') };
    this.around.toasts.sayWithLink(`“${answer.value.name}” was paused: there is too little room on the disk.`, link, unbegunOf(runId));
  }

  /** Wherever the person is: it may have been meant for the run before. */
  async #tellUnbegun(runId: string): Promise<void> {
    const answer = await this.api.getRun(runId);
    if (!answer.ok) return;
    const { name } = answer.value;
    this.around.toasts.say(
      `“${name}” was ended before its first step.`,
      () => void this.putBack({ id: runId, name }),
      unbegunOf(runId),
      'Put it back',
    );
  }

  /** Into the queue, where it was ended before its first step; true where it waits there now. */
  async putBack({ id, name }: Pick<RunDetail, 'id' | 'name'>): Promise<boolean> {
    const { history, live, toasts } = this.around;
    const answer = await this.api.putBack(id);
    if (!answer.ok) {
      toasts.say(answer.sentence, undefined, unbegunOf(id));
      return false;
    }
    live.leave(id);
    await history.load();
    toasts.say(`“${name}” is the next in the queue again.`, undefined, unbegunOf(id));
    return true;
  }
}
