// Closing the window while a run trains, or the next is about to, asks once: go on without it, pause, or finish early. Elsewhere than on
// macOS the app ends with it.
import type { Background } from './background';
import type { ClosingChoice } from '#shared/preferences';
import { closeQuestion, type ClosingAnswer, type ClosingQuestion } from './closing-words';
import type { Quitting } from './quit';
import type { Watch } from './situation';
import type { Training } from './training';

/** Of Electron's window, what is used. */
export interface ClosingWindow {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'session-end', listener: () => void): unknown;
  close(): void;
}

export interface ClosingServices<Window extends ClosingWindow> {
  training: Training;
  watch: Watch;
  background: Background;
  quitting: Quitting;
  hasTray(): Promise<boolean>;
  /** What the person has settled for every time. */
  settled(): ClosingChoice;
  /** `once`: not asked again during this run. */
  ask(question: ClosingQuestion, window: Window): Promise<{ answer: ClosingAnswer; once: boolean }>;
  /** The system logs off and ends the app without more ado. */
  sessionEnds(): void;
  platform?: NodeJS.Platform;
}

export class Closing<Window extends ClosingWindow> {
  /** The run that goes on without a question. */
  #goesOn?: string;

  constructor(private readonly services: ClosingServices<Window>) {}

  guard(window: Window): void {
    const { background, platform = process.platform, watch } = this.services;
    let asking = false;
    window.on('close', (event) => {
      if (!isBusy(watch) || background.isActive || platform === 'darwin') return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      void this.#close(window).finally(() => (asking = false));
    });
    window.on('session-end', () => this.services.sessionEnds());
  }

  async #close(window: Window): Promise<void> {
    const { background, hasTray, quitting, training, watch } = this.services;
    const tray = await hasTray();
    const question = closeQuestion(watch.now, tray);
    const { runId } = training;
    // It may have ended in the meantime.
    const settled = SETTLED[this.services.settled()];
    const { answer, once } =
      !question || (runId !== undefined && runId === this.#goesOn)
        ? { answer: 'go-on' as const, once: false }
        : settled
          ? { answer: settled, once: false }
          : await this.services.ask(question, window);
    if (answer === 'stay') return;
    // Said of the run that was named; another may train since.
    if (answer === 'stop' && training.runId !== runId) return this.#close(window);
    if (answer !== 'go-on') return quitting.now(answer);
    if (once) this.#goesOn = runId;
    if (isBusy(watch)) background.begin(tray);
    window.close();
  }
}

const SETTLED: Record<ClosingChoice, ClosingAnswer | undefined> = { ask: undefined, tray: 'go-on', quit: 'pause' };

const isBusy = ({ now }: Watch): boolean => now.kind === 'training' || now.kind === 'next';
