// Quitting while a run trains, or the next is about to, asks first, unless it was said how the run ends; then it finishes its step and
// saves. What an export was writing is removed.
import type { RunQueue } from './run-queue';
import type { TrainerHost } from './trainer-host';
import type { Training } from './training';

/** A step that takes longer than this is given up: the last checkpoint is what stays. */
const PATIENCE_MILLISECONDS = 60_000;

export interface QuitServices {
  training: Training;
  trainer: Pick<TrainerHost, 'isExporting' | 'endExport'>;
  queue: RunQueue;
  /** Whether what trains is to be paused. */
  ask(): Promise<boolean>;
  quit(): void;
  /** It does not end after all. */
  stay(): void;
}

export class Quitting {
  #how?: 'pause' | 'stop';
  #isStopping = false;

  constructor(private readonly services: QuitServices) {}

  /** Without asking: it was said how the run ends. */
  now(how: 'pause' | 'stop'): void {
    this.#how = how;
    this.services.quit();
  }

  /** Whether the app may end at once; else it ends when all is saved, unless the person wants the run to go on. */
  mayEnd(): boolean {
    const { queue, trainer } = this.services;
    if (this.#isStopping) return false;
    if (queue.isBusy || trainer.isExporting) {
      void this.#saveAndQuit();
      return false;
    }
    this.#how = undefined;
    return true;
  }

  async #saveAndQuit(): Promise<void> {
    const { queue, quit, stay } = this.services;
    let isSaved = false;
    this.#isStopping = true;
    try {
      isSaved = await this.#save();
    } finally {
      // Whatever was said is said of this quit alone.
      this.#isStopping = false;
      this.#how = undefined;
      if (!isSaved) {
        stay();
        queue.reopen();
      }
    }
    if (isSaved) quit();
  }

  /** An export is given up unasked: nothing is lost but its time, and nothing of it may stay beside the person's files. */
  async #save(): Promise<boolean> {
    const { ask, queue, trainer, training } = this.services;
    if (queue.isBusy) {
      const how = this.#how ?? ((await ask()) ? 'pause' : undefined);
      if (how === undefined) return false;
      await queue.close();
      training.leave();
      const timer = setTimeout(() => training.kill('late'), PATIENCE_MILLISECONDS);
      await training.finish(how).finally(() => clearTimeout(timer));
    }
    await trainer.endExport();
    return true;
  }
}
