// The weights of the epoch with the lowest validation loss so far, kept beside the checkpoints while a run trains: every better epoch's,
// so that which model is saved in the end depends on nothing but the run.
import { evaluationWeights } from '#engine/ema';
import type { Learner } from '#engine/learner';
import { failureSentence, toFailure } from '#shared/failure';
import { checkpointsFolder } from './checkpoint';
import { flushKept, writeKept } from './kept-weights';

export class BestWeights {
  #hasFailed = false;
  #isWritten = false;

  constructor(
    private readonly runFolder: string,
    private readonly learner: Learner,
  ) {}

  /** What validation used after this step. The run does not need them: where they cannot be written, that is answered, once. */
  async keep(): Promise<string | undefined> {
    const { optimizer, step } = this.learner;
    try {
      const weights: Float32Array[] = [];
      for (const weight of evaluationWeights(optimizer, this.learner)) weights.push(await weight.data<'float32'>());
      writeKept(this.runFolder, { of: 'best epoch', step }, weights);
      this.#isWritten = true;
    } catch (error) {
      return this.#told(error);
    }
    return undefined;
  }

  /** For a checkpoint that names that epoch: whoever goes on from it, after a power cut too, has its weights. */
  settle(): void {
    if (!this.#isWritten) return;
    this.#isWritten = false;
    try {
      flushKept(this.runFolder, 'best epoch');
    } catch {
      // Gone meanwhile: the end of the run says so.
    }
  }

  #told(error: unknown): string | undefined {
    if (this.#hasFailed) return undefined;
    this.#hasFailed = true;
    const why = failureSentence(toFailure(error, checkpointsFolder(this.runFolder)));
    return `The weights of this best epoch could not be kept; the run goes on. ${why}`;
  }
}
