// What a run has said of itself so far: its settings, its curves, its memory and the lines of its events.
import { sortOfFacts, type DataSort } from '#shared/data-sort';
import type { EngineReport } from '#shared/engine';
import type { GaugePoint } from '#shared/gauges';
import type { PieceProgress } from '#shared/piece-progress';
import type { Plan } from '#shared/plan';
import type { MemoryReading, RunEvent, RunEventOf } from '#shared/run-event';
import type { RunDetail } from '#shared/run-record';
import { sentence } from '#shared/run-sentence';
import type { RunSpec } from '#shared/run-spec';
import type { EpochPoint } from '../words/curve-summary';
import { epochPoint, extended, withEpoch, type StepPoint } from './curve';
import { withGauges } from './gauges';

/** What is known of a run before it has said anything. */
export interface Known {
  spec: RunSpec;
  sort: DataSort;
}

const MOST_LINES = 1_000;

export class RunCourse {
  spec = $state.raw<RunSpec>();
  sort = $state<DataSort>('pictures');
  started = $state.raw<RunEventOf<'started'>>();
  engine = $state.raw<EngineReport>();
  plan = $state.raw<Plan>();
  steps = $state.raw<StepPoint[]>([]);
  epochs = $state.raw<EpochPoint[]>([]);
  gauges = $state.raw<GaugePoint[]>([]);
  /** How far a mini-batch that takes a while is. */
  working = $state.raw<PieceProgress>();
  events = $state.raw<{ at: string; message: string }[]>([]);
  progress = $state.raw<{ samplesPerSecond: number; secondsLeft: number; memory: MemoryReading }>();
  #checkpointLine?: string;

  /** Told at the start; in a reloaded window known once an epoch is done. */
  get totalSteps(): number | undefined {
    const [first] = this.epochs;
    return this.started?.totalSteps ?? (first && this.spec && Math.round((first.step / first.epoch) * this.spec.epochs));
  }

  /** Of another run, which has said nothing yet. */
  protected clear(known?: Known): void {
    this.spec = known?.spec;
    this.sort = known?.sort ?? 'pictures';
    this.started = this.engine = this.plan = this.progress = this.working = undefined;
    this.steps = [];
    this.epochs = [];
    this.gauges = [];
    this.events = [];
  }

  /** As the history holds it. */
  protected fill(detail: RunDetail): void {
    this.spec = detail.spec;
    this.sort = detail.sort;
    this.plan = detail.plan;
    this.steps = extended([], detail.steps);
    this.epochs = detail.epochs;
    this.gauges = detail.gauges;
    this.events = detail.events;
  }

  /** What was told before it was read is newer. */
  protected fillBehind(detail: RunDetail): void {
    const [steps, gauges] = [this.steps, this.gauges];
    this.fill(detail);
    this.steps = extended(detail.steps, steps);
    this.gauges = withGauges(detail.gauges, gauges);
  }

  protected take(event: RunEvent, at: string): void {
    const message = sentence(event);
    if (message !== undefined) this.#say({ at, message }, event.kind === 'checkpoint');
    if (event.kind === 'started') {
      this.started = event;
      this.working = undefined;
      this.engine = event.engine;
      this.spec = event.spec;
      this.sort = sortOfFacts(event.dataset);
    }
    if (event.kind === 'planned') this.plan = event.plan;
    if (event.kind === 'epoch') this.epochs = withEpoch(this.epochs, epochPoint(event));
    if (event.kind === 'progress') this.#goOn(event);
  }

  #goOn(event: RunEventOf<'progress'>): void {
    this.steps = extended(this.steps, event.steps);
    this.gauges = withGauges(this.gauges, event.steps);
    this.progress = event;
    // That mini-batch is done, and the next may be too quick to be told of.
    if (this.working && (event.steps.at(-1)?.step ?? 0) >= this.working.step) this.working = undefined;
  }

  /** One line for the newest checkpoint, as in the history; and none twice in a row: a reloaded window hears the last one again. */
  #say(line: { at: string; message: string }, isCheckpoint: boolean): void {
    const kept = isCheckpoint ? this.events.filter(({ message }) => message !== this.#checkpointLine) : this.events;
    if (isCheckpoint) this.#checkpointLine = line.message;
    if (line.message !== kept.at(-1)?.message) this.events = [...kept.slice(1 - MOST_LINES), line];
  }
}
