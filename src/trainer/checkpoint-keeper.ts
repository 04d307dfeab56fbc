// When a run saves its place, and what that costs: at an epoch's end and at least once a minute, never more than a fiftieth of the time.
import { snapshotLearner, type Learner, type Snapshot } from '#engine/learner';
import type { CheckpointHeader } from '#shared/checkpoint-header';
import type { RunEventOf } from '#shared/run-event';
import { saveCheckpoint } from './checkpoint';

const LONGEST_MS = 60_000;
/** Training goes on for at least this many times what saving took: at most 2 % of the time is spent saving. */
const PATIENCE = 50;

type Content = Omit<CheckpointHeader, 'format' | 'step' | 'skipped' | 'saved'>;

export class CheckpointKeeper {
  #savedStep: number | undefined;
  #savedAt = performance.now();
  #lastMs = 0;
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
  ) {
    this.#savedStep = savedStep;
    this.#count = before?.count ?? 0;
    this.#seconds = before?.seconds ?? 0;
  }

  get cost(): { count: number; seconds: number } {
    return { count: this.#count, seconds: this.#seconds };
  }

  isDue(atEpochEnd: boolean): boolean {
    const patience = PATIENCE * this.#lastMs;
    return performance.now() - this.#savedAt >= (atEpochEnd ? patience : Math.max(LONGEST_MS, patience));
  }

  /** Answers the event and the numbers saved; undefined when this very step is saved already. */
  async save(): Promise<{ event: RunEventOf<'checkpoint'>; snapshot: Snapshot } | undefined> {
    if (this.#savedStep === this.learner.step) return undefined;
    const from = performance.now();
    const snapshot = await snapshotLearner(this.learner);
    const saved = { count: this.#count + 1, seconds: this.#seconds };
    const folder = saveCheckpoint(this.runFolder, { ...this.content(), saved }, snapshot);
    this.#savedStep = snapshot.step;
    this.#savedAt = performance.now();
    this.#lastMs = this.#savedAt - from;
    this.#count++;
    this.#seconds += this.#lastMs / 1000;
    return { event: { kind: 'checkpoint', step: snapshot.step, folder, seconds: this.#lastMs / 1000 }, snapshot };
  }
}
