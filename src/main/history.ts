// Opens the history at start-up; when it cannot be used, the person is told why and, if it is damaged, asked.
import { app, dialog } from 'electron';
import { failureSentence, toFailure } from '#shared/failure';
import type { Database } from '#store/database';
import { markInterrupted } from '#store/interrupted';
import { openStore, setAside } from '#store/open';
import type { Log } from './log';

/** undefined: the person was told, and the app is quitting. */
export async function openHistory(file: string, log: Log): Promise<Database | undefined> {
  try {
    const db = openStore(file);
    const interrupted = markInterrupted(db);
    if (interrupted > 0) log.write('history', `${interrupted} run(s) were interrupted when Overbatch last ended.`);
    return db;
  } catch (error) {
    log.error('history', error);
    const failure = toFailure(error, file);
    const message = failureSentence(failure);
    if (failure.kind === 'damaged-database') {
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        message,
        buttons: ['Begin a New History', 'Quit'],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 0) {
        log.write('history', `The damaged history was kept as ${setAside(file)}.`);
        return openHistory(file, log);
      }
    } else {
      dialog.showErrorBox('Overbatch cannot open its history', message);
    }
    app.quit();
    return undefined;
  }
}
