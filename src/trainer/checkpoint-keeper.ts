// When a run saves its place, and what that costs: at an epoch's end and at least once a minute, but all of it, the last one included,
// never more than a fiftieth of the run's time. A run that was asked by name for its best epoch has that saved whatever it costs (train-and-save.ts).
import { snapshotLearner, type Learner, type Snapshot } from '#engine/learner';
import type { CheckpointHeader } from '#shared/checkpoint-header';
import type { RunEventOf } from '#shared/run-event';
import { saveCheckpoint } from './checkpoint';

const LONGEST_MS = 60_000;
/** Most of the time that is spent saving. */
const SHARE = 0.02;
/** What a checkpoint is taken to cost before the first one was written: a few files of a small model flushed to a disk. */
const FIRST_MS = 20;

type Content = Omit<CheckpointHeader, 'format' | 'step' | 'skipped' | 'lossScale' | 'saved'>;

export class CheckpointKeeper {
  #savedStep: number | undefined;
  readonly #begin: number;
  #savedAt: number;
  #lastMs = FIRST_MS;
  #spentMs = 0;
  #cleared: Promise<unknown> = Promise.resolve();
  #count: number;
  #seconds: number;

  /**
   * @param before what checkpoints had cost when the run was resumed
   * @param savedStep of the checkpoint in this folder that it was resumed from
   */
  constructor(
    private readonly runFolder: string,
    private readonly learner: Learner,
    private readonly content: () => Content,
    before: CheckpointHeader['saved'],
    savedStep?: number,
    private readonly now = () => performance.now(),
  ) {
    this.#begin = now();
    this.#savedAt = this.#begin;
    this.#savedStep = savedStep;
    this.#count = before?.count ?? 0;
    this.#seconds = before?.seconds ?? 0;
  }

  get cost(): { count: number; seconds: number } {
    return { count: this.#count, seconds: this.#seconds };
  }

  /** Room is left for one more, which every run writes when it ends. */
  isDue(atEpochEnd: boolean): boolean {
    const now = this.now();
    const isAffordable = this.#spentMs + 2 * this.#lastMs <= SHARE * (now - this.#begin);
    return isAffordable && (atEpochEnd || now - this.#savedAt >= LONGEST_MS);
  }

  /** Answers the event and the numbers saved; undefined when this very step is saved already. */
  async save(): Promise<{ event: RunEventOf<'checkpoint'>; snapshot: Snapshot } | undefined> {
    if (this.#savedStep === this.learner.step) return undefined;
    const from = this.now();
    const snapshot = await snapshotLearner(this.learner);
    const saved = { count: this.#count + 1, seconds: this.#seconds };
    await this.#cleared;
    const { folder, cleared } = await saveCheckpoint(this.runFolder, { ...this.content(), saved }, snapshot);
    this.#cleared = cleared;
    this.#savedStep = snapshot.step;
    this.#savedAt = this.now();
    this.#lastMs = this.#savedAt - from;
    this.#spentMs += this.#lastMs;
    this.#count++;
    this.#seconds += this.#lastMs / 1000;
    return { event: { kind: 'checkpoint', step: snapshot.step, folder, seconds: this.#lastMs / 1000 }, snapshot };
  }

  /** Once nothing is being removed any more. */
  async end(): Promise<void> {
    await this.#cleared;
  }
}
