// From a fresh start to a trained model to try in one press: the sample is imported, trained with the usual settings, and its model opened.
import type { WindowApi } from '#shared/contract';
import type { Space } from '#shared/space';
import { sortOf } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import type { Preferences } from '#shared/preferences';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';
import { spaceFor } from './card-space';
import type { Datasets } from './datasets.svelte';
import type { Engines } from './engines.svelte';
import type { History } from './history.svelte';
import type { Incoming } from './incoming.svelte';
import { leaving } from './leave-room';
import type { LiveRun } from './live-run.svelte';
import { exactBytes } from '#shared/bytes';
import { addressOf, type Route } from './route.svelte';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';
import type { TryIt } from './try-it.svelte';

const SAMPLE = 'digits';
/** A window that is loaded anew goes on with it. */
const KEY = 'overbatch.trial';

export interface AroundTrial {
  incoming: Pick<Incoming, 'importSample' | 'busy'>;
  datasets: Pick<Datasets, 'newest'>;
  history: Pick<History, 'runs'>;
  live: Pick<LiveRun, 'active' | 'begin'>;
  preferences: { readonly now: Preferences };
  route: Pick<Route, 'page' | 'go'>;
  toasts: Pick<Toasts, 'sayWithLink'>;
  tryIt: Pick<TryIt, 'giveSample'>;
  space?: Space;
  engines?: Pick<Engines, 'answer'>;
}

export class FirstTrial {
  /** The run that is meant to be tried when it has ended. */
  runId = $state<string | undefined>(sessionStorage.getItem(KEY) ?? undefined);
  readonly beginning = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly around: AroundTrial,
  ) {}

  async begin(): Promise<void> {
    const { datasets, engines, incoming, live, preferences, route, space } = this.around;
    if (incoming.busy) return;
    await this.beginning.run(async () => {
      route.go('data');
      await incoming.importSample(SAMPLE);
      const dataset = datasets.newest.find(({ sample }) => sample === SAMPLE);
      // Cancelled, or the Data page says why.
      if (!dataset) return;
      const spec = trialSpec(preferences.now, spaceFor(space, preferences.now.engine, engines?.answer?.report));
      const runId = await answered(this.api.startRun(dataset.id, spec));
      this.#meant(runId);
      live.begin(runId, { spec, sort: sortOf(dataset) });
      route.go('run');
    });
  }

  /** Whoever still watches it is led to its model; who looks at something else is told. */
  ended(runId: string): void {
    if (runId !== this.runId) return;
    const { history, route, toasts, tryIt } = this.around;
    const run = history.runs.find(({ id }) => id === runId);
    // Paused, it can go on and end yet.
    if (run?.state === 'paused' || run?.state === 'interrupted') return;
    this.#meant(undefined);
    if (!run?.hasModel) return;
    void tryIt.giveSample(SAMPLE);
    if (route.page === 'run') return route.go('model', runId, 'try');
    toasts.sayWithLink('Your first model is trained.', { label: 'Try it', address: addressOf('model', runId, 'try') });
  }

  #meant(runId: string | undefined): void {
    this.runId = runId;
    if (runId === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, runId);
  }
}

/** As an untouched plan would have it. */
export function trialSpec({ engine, leaveRoomBytes }: Preferences, space: Space | undefined): RunSpec {
  const spec = { ...defaultSpec('pictures'), engine };
  if (leaveRoomBytes === null || !space) return spec;
  const left = leaving(exactBytes(leaveRoomBytes), space.freeMemoryBytes, space.freeMemoryBytes);
  return 'budgetBytes' in left ? { ...spec, budgetBytes: left.budgetBytes } : spec;
}
