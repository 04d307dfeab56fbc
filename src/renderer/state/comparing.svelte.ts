// The runs that are compared: all that is kept of each, and whether one is better than the first, which is the baseline.
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { Comparison, Disagreements } from '#shared/comparison/comparison';
import type { ComparisonDocument, ComparisonFile } from '#shared/comparison/comparison-document';
import type { WindowApi } from '#shared/contract';
import type { EvaluatedPart } from '#shared/evaluation/evaluation';
import type { QueuedRun } from '#shared/queue';
import type { RunDetail } from '#shared/run-record';
import { counted } from '../words/numbers';
import { answered } from './answered';
import { Newest } from './newest.svelte';
import { Task } from './task.svelte';
import { Tiles } from './tiles.svelte';
import type { Toasts } from './toasts.svelte';

export class Comparing {
  /** In any order. */
  runs = $state.raw<RunDetail[]>([]);
  part = $state<EvaluatedPart>('validation');
  comparison = $state.raw<Comparison>();
  /** Of the run that is judged for it. */
  progress = $state.raw<{ runId: string; done: number; total: number }>();
  readonly reading = new Task();
  readonly judging = new Task();
  readonly disagreeing = new Newest<Disagreements>();
  readonly answering = new Newest<ComparedAnswers>();
  /** Which run is looked at beside the baseline, sample by sample; absent, or not among those that can be: the first. */
  beside = $state<string>();
  /** Repeats of the compared runs, where their curves are drawn as one. */
  readonly repeats = new Newest<RunDetail[]>();
  readonly queueing = new Task();
  readonly saving = new Task();
  #ids: readonly string[] = [];
  /** They are shown. */
  #isFollowed = false;
  /** Other runs, or another part, are to be compared next. */
  #isWanted = false;

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  /** The first is the baseline. Asked again meanwhile, only the last question is answered. */
  async open(ids: readonly string[], part: EvaluatedPart = 'validation'): Promise<void> {
    this.#ids = ids;
    this.part = part;
    this.comparison = undefined;
    await Promise.all([this.#read(), this.#judge()]);
  }

  /** What a page shows. The same ones again: more is known of them, and what is told already stays until it is told anew. */
  async follow(ids: readonly string[]): Promise<void> {
    if (this.#isFollowed && ids.join() === this.#ids.join()) return this.#again();
    this.#isFollowed = true;
    await this.open(ids);
  }

  /** Nobody looks at it any more. */
  async leave(): Promise<void> {
    this.#isFollowed = false;
    await Promise.all([this.cancel(), this.cancelDisagreements(), this.#cancelAnswers()]);
  }

  judgeBy(part: EvaluatedPart): Promise<void> {
    return this.open(this.#ids, part);
  }

  hear(runId: string, part: EvaluatedPart, done: number, total: number): void {
    if (this.judging.running && part === this.part && this.#ids.includes(runId)) this.progress = { runId, done, total };
  }

  async cancel(): Promise<void> {
    this.#isWanted = false;
    if (this.judging.running) await this.#giveUp();
  }

  async disagree(baselineId: string, otherId: string): Promise<void> {
    await this.disagreeing.ask(`${baselineId} ${otherId}`, () => answered(this.api.disagreements(baselineId, otherId, this.part)));
  }

  /** What is saved waits for it. */
  counted?: Promise<void>;

  async answers(ids: readonly string[]): Promise<void> {
    await (this.counted = this.answering.ask(ids.join(' '), () => answered(this.api.comparedAnswers([...ids], this.part))));
  }

  async readRepeats(ids: readonly string[]): Promise<void> {
    await this.repeats.ask(ids.join(' '), () => Promise.all(ids.map((id) => answered(this.api.getRun(id)))));
  }

  async cancelDisagreements(): Promise<void> {
    if (this.disagreeing.running) await answered(this.api.cancelDisagreements());
  }

  async #cancelAnswers(): Promise<void> {
    if (this.answering.running) await answered(this.api.cancelComparedAnswers());
  }

  openTiles(datasetId: string): Tiles {
    return new Tiles(this.api, datasetId);
  }

  /** They wait for their turn then. */
  async queue(runs: readonly Pick<QueuedRun, 'datasetId' | 'spec'>[]): Promise<void> {
    const added = await this.queueing.run(async () => {
      for (const { datasetId, spec } of runs) await answered(this.api.queueRun(datasetId, spec));
      return runs.length;
    });
    if (added)
      this.toasts.say(
        `Added ${counted(added, 'run', 'runs')} to the queue on the Run page. What they come to is told here when they have ended.`,
      );
  }

  async save(comparison: ComparisonDocument, as: ComparisonFile): Promise<void> {
    const file = await this.saving.run(() => answered(this.api.saveComparison(comparison, as)));
    if (file) this.toasts.say(`Saved ${file}.`);
  }

  async savePicture(title: string, draw: () => Promise<Uint8Array>): Promise<void> {
    const file = await this.saving.run(async () => answered(this.api.savePicture(title, await draw())));
    if (file) this.toasts.say(`Saved ${file}.`);
  }

  /** Out of the window, as a file. */
  async drag(comparison: ComparisonDocument, as: ComparisonFile): Promise<void> {
    await this.saving.run(() => answered(this.api.dragComparison(comparison, as)));
  }

  async dragPicture(title: string, draw: () => Promise<Uint8Array>): Promise<void> {
    await this.saving.run(async () => answered(this.api.dragPicture(title, await draw())));
  }

  /** Asked again meanwhile, the newest are read after those. */
  async #read(): Promise<void> {
    if (this.reading.running) return;
    let isNewest = false;
    while (!isNewest) {
      const asked = this.#ids;
      const read = await this.reading.run(() => Promise.all(asked.map((id) => answered(this.api.getRun(id)))));
      isNewest = asked === this.#ids;
      if (isNewest) this.runs = read ?? [];
    }
  }

  async #again(): Promise<void> {
    const isTold = this.comparison !== undefined || this.judging.running;
    this.#ids = [...this.#ids];
    await Promise.all([this.#read(), isTold && this.#judgeNext()]);
  }

  #judge(): Promise<void> {
    this.#isWanted = true;
    return this.judging.running ? this.#giveUp() : this.#judgeNext();
  }

  /** After what is judged now. */
  async #judgeNext(): Promise<void> {
    this.#isWanted = true;
    if (this.judging.running) return;
    while (this.#isWanted) {
      this.#isWanted = false;
      this.progress = undefined;
      const ids = this.#ids;
      const comparison = await this.judging.run(() => answered(this.api.compareRuns([...ids], this.part)));
      if (!this.#isWanted && ids === this.#ids) this.comparison = comparison;
    }
  }

  async #giveUp(): Promise<void> {
    await answered(this.api.cancelComparison());
  }
}
