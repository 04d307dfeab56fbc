// Closing the window while a run trains asks once: go on without it, pause, or finish early. Elsewhere than on macOS the app ends with it.
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { dialog } from 'electron';
import type { Background } from './background';
import type { Quitting } from './quit';
import type { Training } from './training';

export interface ClosingServices {
  training: Training;
  background: Background;
  quitting: Quitting;
}

const ANSWERS = ['go-on', 'pause', 'stop', 'stay'] as const;
type Answer = (typeof ANSWERS)[number];

const QUESTION: MessageBoxOptions = {
  type: 'question',
  message: 'A run is still training.',
  detail:
    'It can go on without the window: an icon in the tray shows how far it is, and starting Overbatch again brings the window back. When all runs are done, Overbatch ends.\n\nPaused, it gives its memory back and can be resumed next time. Finished early, its best model so far is saved.',
  buttons: ['Go On Without the Window', 'Pause and Quit', 'Finish Early and Quit', 'Cancel'],
  defaultId: 0,
  cancelId: 3,
  noLink: true,
  checkboxLabel: 'Do not ask again during this run',
};

export class Closing {
  /** The run that goes on without a question. */
  #goesOn?: string;

  constructor(private readonly services: ClosingServices) {}

  guard(window: BrowserWindow): void {
    const { background, quitting, training } = this.services;
    let asking = false;
    window.on('close', (event) => {
      const { runId } = training;
      if (runId === undefined || background.isActive || process.platform === 'darwin') return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      void this.#ask(window, runId)
        .then((answer) => {
          // It may have ended while the question was open.
          if (answer === 'go-on' && training.runId !== undefined) background.begin();
          if (answer === 'go-on') window.close();
          else if (answer !== 'stay') quitting.now(answer);
        })
        .finally(() => (asking = false));
    });
    window.on('session-end', () => void training.finish('pause'));
  }

  async #ask(window: BrowserWindow, runId: string): Promise<Answer> {
    if (this.#goesOn === runId) return 'go-on';
    const { response, checkboxChecked } = await dialog.showMessageBox(window, QUESTION);
    const answer = ANSWERS[response] ?? 'stay';
    if (checkboxChecked && answer === 'go-on') this.#goesOn = runId;
    return answer;
  }
}
