// What the desktop shows of a run: progress on the taskbar, no sleep while it trains, a word at its end.
import type { BrowserWindow } from 'electron';
import { Notification, powerSaveBlocker } from 'electron';
import type { RunEvent } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { keepAwake } from './keep-awake';
import type { Training } from './training';

export function showPresence(training: Training, window: () => BrowserWindow | undefined): void {
  keepAwake(training, { start: () => powerSaveBlocker.start('prevent-app-suspension'), stop: (id) => powerSaveBlocker.stop(id) });
  let totalSteps = 0;
  training.onEvent((event) => {
    if (event === 'ended') {
      window()?.setProgressBar(-1);
      return;
    }
    if (event.kind === 'started') totalSteps = event.totalSteps;
    const last = event.kind === 'progress' ? event.steps.at(-1) : undefined;
    if (last && totalSteps > 0) window()?.setProgressBar(last.step / totalSteps);
    const body = endSentence(event);
    if (body !== undefined && !window()?.isFocused() && Notification.isSupported()) new Notification({ title: 'Overbatch', body }).show();
  });
}

function endSentence(event: RunEvent): string | undefined {
  const isEnd = event.kind === 'finished' || (event.kind === 'failed' && event.failure.kind !== 'discarded');
  return isEnd ? sentence(event) : undefined;
}
