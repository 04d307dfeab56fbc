// That a run has ended and with what: told where its own page does not show it, for as long as it is true.
import type { WindowApi } from '#shared/contract';
import type { RunEvent } from '#shared/run-event';
import type { RunDetail } from '#shared/run-record';
import { endedWords } from '../words/ended-words';
import type { History } from './history.svelte';
import type { LiveRun } from './live-run.svelte';
import { addressOf, type Route } from './route.svelte';
import type { RunQueue } from './run-queue.svelte';
import type { Toasts } from './toasts.svelte';

export interface AroundEnd {
  live: Pick<LiveRun, 'runId' | 'leave'>;
  history: Pick<History, 'load'>;
  queue: Pick<RunQueue, 'upNext'>;
  route: Pick<Route, 'page'>;
  toasts: Pick<Toasts, 'say' | 'sayWithLink' | 'forget'>;
}

const endOf = (runId: string): string => `ended ${runId}`;
/** What a message that a run has started is about. */
export const startOf = (runId: string): string => `start of ${runId}`;
/** What a message about a run's kept model is about. */
export const keptOf = (runId: string): string => `kept ${runId}`;

export class EndedRuns {
  constructor(
    private readonly api: Pick<WindowApi, 'getRun' | 'putBack'>,
    private readonly around: AroundEnd,
  ) {}

  hear(runId: string, event: RunEvent): void {
    if (event.kind === 'started') this.forget(runId);
    if (['paused', 'finished', 'failed'].includes(event.kind)) this.around.toasts.forget(startOf(runId));
    const isEnd = event.kind === 'finished' || (event.kind === 'failed' && event.failure.kind !== 'discarded');
    if (isEnd) void this.#tell(runId);
    const isUnbegun = event.kind === 'paused' && event.byStop === true && event.step === 0 && !event.canGoOn;
    if (isUnbegun) void this.#tellUnbegun(runId);
  }

  /** It goes on, is gone, or keeps another model. */
  forget(runId: string): void {
    this.around.toasts.forget(endOf(runId), keptOf(runId));
  }

  async #tell(runId: string): Promise<void> {
    const answer = await this.api.getRun(runId);
    if (answer.ok && !this.#isShown(answer.value)) this.#say(answer.value);
  }

  /** Wherever the person is: it may have been meant for the run before. */
  async #tellUnbegun(runId: string): Promise<void> {
    const answer = await this.api.getRun(runId);
    if (!answer.ok) return;
    const { name } = answer.value;
    this.around.toasts.say(
      `“${name}” was ended before its first step.`,
      () => void this.#putBack(runId, name),
      endOf(runId),
      'Put it back',
    );
  }

  async #putBack(runId: string, name: string): Promise<void> {
    const { history, live, toasts } = this.around;
    const answer = await this.api.putBack(runId);
    if (!answer.ok) return toasts.say(answer.sentence, undefined, endOf(runId));
    live.leave(runId);
    await history.load();
    toasts.say(`“${name}” is the next in the queue again.`, undefined, endOf(runId));
  }

  /** By the Run page, which the next of the queue would take. */
  #isShown({ id }: RunDetail): boolean {
    const { live, queue, route } = this.around;
    return route.page === 'run' && live.runId === id && queue.upNext === undefined;
  }

  #say(run: RunDetail): void {
    const link = { label: 'See its result', address: addressOf('history', run.id) };
    this.around.toasts.sayWithLink(endedWords(run), link, endOf(run.id));
  }
}
