// An error nobody foresaw in main: noted with its stack, said once in a sentence; a run in progress is not ended by it.
import { dialog } from 'electron';
import type { CrashReports } from './crash-reports';
import type { Log } from './log';

export function noteSurprises(log: Log, crashes: CrashReports): void {
  let said = false;
  const note = (error: unknown) => {
    log.error('main', error);
    if (said) return;
    said = true;
    crashes.note('main', 'an error that was not foreseen');
    dialog.showErrorBox(
      'Overbatch met a problem it did not expect',
      `It is noted in ${log.folder}. A run that is training goes on; restart Overbatch when it has ended.`,
    );
  };
  // Electron's own answer is a window with the stack.
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
}
