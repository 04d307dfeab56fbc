// Quitting while a run trains asks first, then lets it finish its step and save. What an export was writing is removed.
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

export function guardQuit(services: QuitServices): void {
  // The system is going down and waits only seconds: nobody can be asked (Windows: session-end below).
  powerMonitor.on('shutdown', () => void services.training.finish('pause'));
  let asking = false;
  app.on('before-quit', (event) => {
    if (services.training.runId === undefined && !services.trainer.isExporting) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void stopAll(services)
      .then((stopped) => stopped && app.quit())
      .finally(() => (asking = false));
  });
}

/** Closing the last window quits everywhere but on macOS: ask while the window is still there. */
export function guardClose(window: BrowserWindow, { training }: QuitServices): void {
  window.on('close', (event) => {
    if (training.runId === undefined || process.platform === 'darwin') return;
    event.preventDefault();
    app.quit();
  });
  window.on('session-end', () => void training.finish('pause'));
}

/** An export is given up unasked: nothing is lost but its time, and nothing of it may stay beside the person's files. */
async function stopAll(services: QuitServices): Promise<boolean> {
  if (services.training.runId !== undefined && !(await askAndStop(services))) return false;
  await services.trainer.endExport();
  return true;
}

async function askAndStop({ queue, training, window }: QuitServices): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: 'A run is still training.',
    detail: 'Overbatch can finish the step, save a checkpoint and quit. You can resume the run next time.',
    buttons: ['Save and Quit', 'Keep Training'],
    defaultId: 1,
    cancelId: 1,
  };
  const owner = window();
  const { response } = await (owner ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options));
  if (response !== 0) return false;
  queue.close();
  const timer = setTimeout(() => training.kill(), PATIENCE_MILLISECONDS);
  await training.finish('pause').finally(() => clearTimeout(timer));
  return true;
}
