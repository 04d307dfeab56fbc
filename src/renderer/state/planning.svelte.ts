// From a draft to a measured plan to a start: what was measured, for which settings, and whether those still stand.
import type { WindowApi } from '#shared/contract';
import type { Planned } from '#shared/hosted-plan';
import type { MeasuredPoint } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';
import { now } from '../words/time';
import { Task } from './task.svelte';

export interface Measured extends Planned {
  /** The data set and settings it holds for. */
  key: string;
  epochs: number;
  /** When, ISO. */
  at: string;
}

const keyOf = (datasetId: string, spec: RunSpec): string => JSON.stringify([datasetId, spec]);

export class Planning {
  measured = $state.raw<Measured>();
  /** Of the plan that is being made: the size that was measured last. */
  newest = $state.raw<MeasuredPoint>();
  readonly measuring = new Task();
  readonly starting = new Task();
  /** A start was held back, because the result would not be the same and nobody had been told. */
  heldBack = $state(false);

  /** The settings measured last, whether that went well or not. */
  #tried = $state('');

  constructor(private readonly api: WindowApi) {}

  isFresh(datasetId: string, spec: RunSpec): boolean {
    return this.measured?.key === keyOf(datasetId, spec);
  }

  /** Why these settings cannot run, if that was found out. */
  problemWith(datasetId: string, spec: RunSpec): string | undefined {
    return this.#tried === keyOf(datasetId, spec) ? this.measuring.problem : undefined;
  }

  async measure(datasetId: string, spec: RunSpec): Promise<Measured | undefined> {
    this.starting.forget();
    this.heldBack = false;
    this.#tried = keyOf(datasetId, spec);
    this.newest = undefined;
    return this.measuring.run(async () => {
      const planned = await answered(this.api.planRun(datasetId, spec));
      this.measured = { key: keyOf(datasetId, spec), epochs: spec.epochs, at: now(), ...planned };
      return this.measured;
    });
  }

  hear(point: MeasuredPoint): void {
    this.newest = point;
  }

  async cancel(): Promise<void> {
    await this.api.cancelPlan();
  }

  /** The id of the started run; settings that were not measured are measured first. */
  async start(datasetId: string, spec: RunSpec): Promise<string | undefined> {
    if (!this.isFresh(datasetId, spec)) {
      const measured = await this.measure(datasetId, spec);
      if (!measured) return undefined;
      this.heldBack = measured.plan.verdict.kind !== 'identical';
      if (this.heldBack) return undefined;
    }
    this.heldBack = false;
    return this.starting.run(() => answered(this.api.startRun(datasetId, spec)));
  }
}
