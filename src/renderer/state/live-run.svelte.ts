// The run in progress as its events tell it, and its end until the next one begins.
import type { Answer, WindowApi } from '#shared/contract';
import type { PieceProgress } from '#shared/piece-progress';
import type { RunEvent } from '#shared/run-event';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { now } from '../words/time';
import { answered } from './answered';
import { RunCourse, type Known } from './run-course.svelte';
import { Task } from './task.svelte';

/** A step takes seconds; after this, the person is offered not to wait for it. */
const LATE_MILLISECONDS = 10_000;
/** Whoever presses twice means the run that was there before: it ended by the first press, and loading is slow. */
const NEW_MILLISECONDS = 2_000;

/** `finishing`: taken up only to save its model. */
export type Phase = 'none' | 'preparing' | 'training' | 'stopping' | 'finishing' | 'ended';

export class LiveRun extends RunCourse {
  runId = $state<string>();
  phase = $state<Phase>('none');
  /** The run as the history holds it, once it has ended. */
  result = $state.raw<RunDetail>();
  /** What it still says on its way out is not listened to. */
  #discarded?: string;
  /** It was told to stop a while ago and has not: it may never. */
  late = $state(false);
  /** Another run has just taken the place of the one that was shown: nothing ends or pauses it yet. */
  isNew = $state(false);
  #shownBefore?: string;
  #noLongerNew?: ReturnType<typeof setTimeout>;
  readonly stopping = new Task();
  readonly resuming = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly onEnded: (runId: string) => Promise<void>,
    private readonly newMilliseconds = NEW_MILLISECONDS,
  ) {
    super();
  }

  get active(): boolean {
    return this.phase !== 'none' && this.phase !== 'ended';
  }

  /** A run that was started from this window, or by the queue. */
  begin(runId: string, known?: Known): void {
    if (this.runId === runId && this.active) return;
    this.#takePlace(runId);
    this.runId = runId;
    this.#discarded = undefined;
    this.phase = 'preparing';
    this.result = undefined;
    this.clear(known);
  }

  #takePlace(runId: string): void {
    const isAnother = this.#shownBefore !== undefined && this.#shownBefore !== runId;
    this.#shownBefore = runId;
    if (!isAnother) return;
    this.isNew = true;
    clearTimeout(this.#noLongerNew);
    this.#noLongerNew = setTimeout(() => (this.isNew = false), this.newMilliseconds);
  }

  /** What the history holds of a run that has not said yet what it is. */
  know({ id, spec, sort }: Pick<RunSummary, 'id' | 'spec' | 'sort'>): void {
    if (id !== this.runId || this.started) return;
    this.spec = spec;
    this.sort = sort;
  }

  /** The window was reloaded: take up the run that goes on. */
  async recover(): Promise<void> {
    const current = await answered(this.api.currentRun());
    if (!current) return;
    this.begin(current.runId);
    this.fillBehind(current.detail);
    if (this.phase === 'preparing' && this.steps.length > 0) this.phase = 'training';
  }

  resume(runId: string): Promise<boolean> {
    return this.#goOn(runId, () => answered(this.api.resumeRun(runId)));
  }

  /** Of a run that was left: takes it up only to save its best model so far. */
  async finish(runId: string): Promise<boolean> {
    const goesOn = await this.#goOn(runId, () => answered(this.api.finishRun(runId)));
    if (goesOn && this.phase === 'preparing') this.phase = 'finishing';
    return goesOn;
  }

  /** A run that does not train, as it was left. */
  async lookAt(runId: string): Promise<void> {
    const detail = await answered(this.api.getRun(runId));
    if (this.active) return;
    this.begin(runId);
    this.fill(detail);
    this.result = detail;
    this.phase = 'ended';
  }

  /** It is not shown any more. */
  leave(runId: string): void {
    if (this.runId !== runId || this.active) return;
    this.runId = undefined;
    this.phase = 'none';
  }

  async #goOn(runId: string, ask: () => Promise<string>): Promise<boolean> {
    const resumed = await this.resuming.run(async () => {
      const before = await answered(this.api.getRun(runId));
      const id = await ask();
      this.begin(id);
      this.fill(before);
      return id;
    });
    return resumed !== undefined;
  }

  /** More epochs for a completed run. */
  extend(runId: string, epochs: number): Promise<boolean> {
    return this.#goOn(runId, () => answered(this.api.extendRun(runId, epochs)));
  }

  /** What it came to is another since: its other model is kept. */
  async readAgain(runId: string): Promise<void> {
    if (runId === this.runId && this.phase === 'ended') await this.#finish();
  }

  /** Finishes the step and saves the model and a checkpoint. */
  stop(): Promise<void> {
    return this.#end((runId) => this.api.stopRun(runId));
  }

  /** Finishes the step, saves a checkpoint and gives the memory back. */
  pause(): Promise<void> {
    return this.#end((runId) => this.api.pauseRun(runId));
  }

  /** Ends it at once; answers the id of the run that is no longer shown, undefined where that failed. */
  async discard(): Promise<string | undefined> {
    const { runId } = this;
    if (runId === undefined) return undefined;
    const done = await this.stopping.run(async () => {
      this.#discarded = runId;
      await answered(this.api.discardRun(runId));
      return true;
    });
    if (!done) {
      this.#discarded = undefined;
      await this.#seeItsEnd(runId);
      return undefined;
    }
    if (this.runId !== runId) return runId;
    this.runId = undefined;
    this.phase = 'none';
    return runId;
  }

  /** What it said of its end was not listened to. */
  async #seeItsEnd(runId: string): Promise<void> {
    const current = await this.api.currentRun();
    if (!current.ok || current.value?.runId === runId || this.runId !== runId) return;
    this.phase = 'ended';
    await this.#finish();
  }

  /** Does not wait for the step: the last checkpoint is what stays. */
  async endNow(): Promise<void> {
    if (this.runId !== undefined) await answered(this.api.endRun(this.runId));
  }

  /** Of the run that is shown. Where it has ended by then nothing is told, and it is about to say so. */
  async #end(ask: (runId: string) => Promise<Answer<boolean>>): Promise<void> {
    const { runId } = this;
    if (runId === undefined) return;
    if (this.active) this.phase = 'stopping';
    const timer = setTimeout(() => (this.late = true), LATE_MILLISECONDS);
    await this.stopping.run(() => answered(ask(runId)));
    clearTimeout(timer);
    this.late = false;
    if (this.stopping.problem && this.phase === 'stopping') this.phase = 'training';
    if (this.phase === 'ended') await this.#finish();
  }

  hear(runId: string, event: RunEvent, at = now()): void {
    if (runId === this.#discarded) return;
    if (runId !== this.runId) this.begin(runId);
    this.take(event, at);
    if (event.kind === 'started' && event.toFinish && this.phase === 'preparing') this.phase = 'finishing';
    if (event.kind === 'progress' && this.phase === 'preparing') this.phase = 'training';
    if (event.kind !== 'paused' && event.kind !== 'finished' && event.kind !== 'failed') return;
    this.phase = 'ended';
    void this.#finish();
  }

  /** Of the mini-batch that is made now. */
  hearPieces(runId: string, progress: PieceProgress): void {
    if (runId === this.runId && this.active) this.working = progress;
  }

  async #finish(): Promise<void> {
    const { runId } = this;
    if (runId === undefined) return;
    const answer = await this.api.getRun(runId);
    if (answer.ok && runId === this.runId && !this.active) this.result = answer.value;
    await this.onEnded(runId);
  }
}
