// Start, pressed on Plan. What is new is measured first, which takes a while: the Run page opens for whoever still waits for it, and who went on
// to something else is told.
import { sortOf } from '#shared/data-sort';
import type { DatasetSummary } from '#shared/dataset';
import type { Verdict } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { startOf } from './ended-runs';
import type { LiveRun } from './live-run.svelte';
import type { PlanDraft } from './plan-draft.svelte';
import type { Planning } from './planning.svelte';
import { addressOf, type Route } from './route.svelte';
import type { Toasts } from './toasts.svelte';

interface Desk {
  route: Pick<Route, 'page' | 'go'>;
  draft: Pick<PlanDraft, 'datasetId' | 'reading'>;
  planning: Pick<Planning, 'start' | 'measuring' | 'starting' | 'isHeldBack'>;
  live: Pick<LiveRun, 'begin'>;
  toasts: Pick<Toasts, 'sayWithLink' | 'forget'>;
}

type Started = Pick<DatasetSummary, 'id' | 'name'> & Parameters<typeof sortOf>[0];

// @wc-ignore
const NOT_STARTED = 'not started';

export class Starting {
  constructor(private readonly desk: Desk) {}

  /** @param known verdict of what was measured before with these settings: nothing is measured again @param place where it was pressed */
  async start(dataset: Started, spec: RunSpec, known?: Verdict, place = this.place()): Promise<void> {
    const { id, name } = dataset;
    const { route, planning, live, toasts } = this.desk;
    toasts.forget(NOT_STARTED);
    const runId = await planning.start(id, spec, known);
    const isThere = this.place() === place;
    if (runId !== undefined) {
      live.begin(runId, { spec, sort: sortOf(dataset) });
      if (isThere) route.go('run');
      else if (route.page !== 'run')
        toasts.sayWithLink(`The run with “${name}” has started.`, { label: 'Show it', address: addressOf('run') }, startOf(runId));
    } else if (!isThere) {
      const why = planning.isHeldBack(id, spec)
        ? 'its result would not be identical'
        : (planning.starting.problem ?? planning.measuring.problem);
      if (why !== undefined)
        toasts.sayWithLink(
          `The run with “${name}” was not started: ${sentence(why)}`,
          { label: 'Plan', address: addressOf('plan') },
          NOT_STARTED,
        );
    }
  }

  /** Where the person is, and what stands there. */
  place(): string {
    const { route, draft } = this.desk;
    return JSON.stringify([route.page, draft.datasetId, draft.reading.spec]);
  }
}

const sentence = (why: string): string => (why.endsWith('.') ? why : `${why}.`);
