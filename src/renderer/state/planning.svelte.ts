// From a draft to a measured plan to a start: what was measured, for which settings, and whether those still stand.
import type { WindowApi } from '#shared/contract';
import type { Planned } from '#shared/hosted-plan';
import type { MeasuredPoint, Verdict } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';
import { Task } from './task.svelte';

export interface Measured extends Planned {
  /** The data set and settings it holds for. */
  key: string;
  epochs: number;
}

/** In an order of its own: a draft that was put away and taken up again has its settings in another. */
const keyOf = (datasetId: string, spec: RunSpec): string =>
  JSON.stringify([datasetId, Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1))]);

export class Planning {
  measured = $state.raw<Measured>();
  /** Of the plan that is being made: the sizes that were measured, the last one last. */
  #points = $state.raw<readonly MeasuredPoint[]>([]);
  readonly measuring = new Task();
  readonly starting = new Task();
  /** Start was pressed, and what comes before the run is not done yet. */
  isBeginning = $state(false);
  /** The settings measured last, whether that went well or not. */
  #tried = $state('');
  /** Those whose start was held back, because the result would not be the same and nobody had been told. */
  #heldBack = $state<string>();

  constructor(private readonly api: WindowApi) {}

  isFresh(datasetId: string, spec: RunSpec): boolean {
    return this.measured?.key === keyOf(datasetId, spec);
  }

  /** Why these settings cannot run, if that was found out. */
  problemWith(datasetId: string, spec: RunSpec): string | undefined {
    return this.#tried === keyOf(datasetId, spec) ? this.measuring.problem : undefined;
  }

  /** Those are what is measured now; others may be shown meanwhile. */
  isMeasuring(datasetId: string, spec: RunSpec): boolean {
    return this.measuring.running && this.#tried === keyOf(datasetId, spec);
  }

  /** What was found while these settings are measured. */
  pointsOf(datasetId: string, spec: RunSpec): readonly MeasuredPoint[] {
    return this.isMeasuring(datasetId, spec) ? this.#points : [];
  }

  isHeldBack(datasetId: string, spec: RunSpec): boolean {
    return this.#heldBack === keyOf(datasetId, spec);
  }

  async measure(datasetId: string, spec: RunSpec): Promise<Measured | undefined> {
    this.starting.forget();
    this.#heldBack = undefined;
    this.#tried = keyOf(datasetId, spec);
    this.#points = [];
    return this.measuring.run(async () => {
      const planned = await answered(this.api.planRun(datasetId, spec));
      this.measured = { key: keyOf(datasetId, spec), epochs: spec.epochs, ...planned };
      return this.measured;
    });
  }

  hear(point: MeasuredPoint): void {
    this.#points = [...this.#points, point];
  }

  async cancel(): Promise<void> {
    await this.api.cancelPlan();
  }

  /** The id of the started run; settings that were not measured are measured first. @param known what measuring them before came to */
  async start(datasetId: string, spec: RunSpec, known?: Verdict): Promise<string | undefined> {
    if (this.isBeginning) return undefined;
    this.isBeginning = true;
    try {
      return await this.#begin(datasetId, spec, known);
    } finally {
      this.isBeginning = false;
    }
  }

  async #begin(datasetId: string, spec: RunSpec, known?: Verdict): Promise<string | undefined> {
    const isTold = this.isFresh(datasetId, spec) || this.isHeldBack(datasetId, spec);
    if (!isTold) {
      const verdict = known ?? (await this.measure(datasetId, spec))?.plan.verdict;
      if (!verdict) return undefined;
      this.#heldBack = verdict.kind === 'identical' ? undefined : keyOf(datasetId, spec);
      if (this.#heldBack !== undefined) return undefined;
    }
    this.#heldBack = undefined;
    return this.starting.run(() => answered(this.api.startRun(datasetId, spec)));
  }
}
