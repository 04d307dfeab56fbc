// What the desktop shows of a run: progress on the taskbar, no sleep while it trains, a word at its end.
import type { BrowserWindow } from 'electron';
import { Notification, powerSaveBlocker } from 'electron';
import type { RunEvent } from '#shared/run-event';
import type { Training } from './training';

export function showPresence(training: Training, window: () => BrowserWindow | undefined): void {
  let blocker: number | undefined;
  let totalSteps = 0;
  training.onEvent((event) => {
    if (event === 'ended') {
      if (blocker !== undefined) powerSaveBlocker.stop(blocker);
      blocker = undefined;
      window()?.setProgressBar(-1);
      return;
    }
    blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    if (event.kind === 'started') totalSteps = event.totalSteps;
    const last = event.kind === 'progress' ? event.steps.at(-1) : undefined;
    if (last && totalSteps > 0) window()?.setProgressBar(last.step / totalSteps);
    const body = endSentence(event);
    if (body !== undefined && !window()?.isFocused() && Notification.isSupported()) new Notification({ title: 'Overbatch', body }).show();
  });
}

function endSentence(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'finished':
      return event.validation
        ? `The run is ${event.reason}: ${(100 * event.validation.accuracy).toFixed(1)} % of the validation samples are right.`
        : `The run is ${event.reason}.`;
    case 'failed':
      return event.sentence;
    default:
      return undefined;
  }
}
