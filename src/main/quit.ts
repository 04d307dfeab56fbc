// Quitting while a run trains asks first, unless it was said how the run ends; then it finishes its step and saves. What an export was
// writing is removed.
import type { BrowserWindow } from 'electron';
import { app, dialog, powerMonitor } from 'electron';
import type { RunQueue } from './run-queue';
import type { TrainerHost } from './trainer-host';
import type { Training } from './training';

/** A step that takes longer than this is given up: the last checkpoint is what stays. */
const PATIENCE_MILLISECONDS = 60_000;

export interface QuitServices {
  training: Training;
  trainer: Pick<TrainerHost, 'isExporting' | 'endExport'>;
  queue: RunQueue;
  window(): BrowserWindow | undefined;
}

export class Quitting {
  #how?: 'pause' | 'stop';
  #isStopping = false;

  constructor(private readonly services: QuitServices) {
    const { queue, trainer, training } = services;
    // The system is going down and waits only seconds: nobody can be asked (Windows: session-end in closing.ts).
    powerMonitor.on('shutdown', () => void training.finish('pause'));
    app.on('will-quit', () => queue.close());
    app.on('before-quit', (event) => {
      if (training.runId === undefined && !trainer.isExporting) return;
      event.preventDefault();
      if (this.#isStopping) return;
      this.#isStopping = true;
      void this.#stopAll()
        .then((stopped) => stopped && app.quit())
        .finally(() => (this.#isStopping = false));
    });
  }

  /** Without asking: it was said how the run ends. */
  now(how: 'pause' | 'stop'): void {
    this.#how = how;
    app.quit();
  }

  /** An export is given up unasked: nothing is lost but its time, and nothing of it may stay beside the person's files. */
  async #stopAll(): Promise<boolean> {
    const { queue, trainer, training } = this.services;
    if (training.runId !== undefined) {
      const how = this.#how ?? (await this.#ask());
      if (how === undefined) return false;
      queue.close();
      const timer = setTimeout(() => training.kill(), PATIENCE_MILLISECONDS);
      await training.finish(how).finally(() => clearTimeout(timer));
    }
    await trainer.endExport();
    return true;
  }

  async #ask(): Promise<'pause' | undefined> {
    const options = {
      type: 'question' as const,
      message: 'A run is still training.',
      detail: 'Overbatch can finish the step, save a checkpoint and quit. You can resume the run next time.',
      buttons: ['Save and Quit', 'Keep Training'],
      defaultId: 1,
      cancelId: 1,
    };
    const owner = this.services.window();
    const { response } = await (owner ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options));
    return response === 0 ? 'pause' : undefined;
  }
}
