// Opens the history at start-up; when it cannot be used, the person is told why and asked what to do.
import path from 'node:path';
import { failureSentence, toFailure, type Failure } from '#shared/failure';
import type { Database } from '#store/database';
import { markInterrupted } from '#store/interrupted';
import { closeStore, openStore, setAside } from '#store/open';
import type { Log } from './log';
import { withinOwn } from './own-folder';
import { hearOfCheckpoints } from './unheard-checkpoints';
import { BUSY_MILLISECONDS, whenFree } from './when-free';
import { writeUnwritten } from './write-said';

export interface Asking {
  log: Log;
  /** Resolves with the place of the answer; the last is to quit. */
  ask(message: string, answers: string[]): Promise<number>;
}

/** undefined: the person was told, and the app is to end. */
export async function openHistory(file: string, { log, ask }: Asking): Promise<Database | undefined> {
  for (;;) {
    try {
      return await whenFree(() => opened(file, log));
    } catch (error) {
      log.error('history', error);
      const failure = withinOwn(toFailure(error, file), path.dirname(file));
      const remedy = remedyOf(failure);
      const answer = await ask(failureSentence(failure), remedy === undefined ? ['Quit'] : [remedy, 'Quit']);
      if (remedy === undefined || answer !== 0) return undefined;
      if (failure.kind === 'damaged-database') log.write('history', `The damaged history was kept as ${setAside(file)}.`);
    }
  }
}

function opened(file: string, log: Log): Database {
  const db = openStore(file, { busyMilliseconds: BUSY_MILLISECONDS });
  try {
    // Before what seems to train is said to have been interrupted.
    writeUnwritten({ db, dataFolder: path.dirname(file), log });
    const interrupted = markInterrupted(db);
    if (interrupted > 0) log.write('history', `${interrupted} run(s) were interrupted when Overbatch last ended.`);
    const heard = hearOfCheckpoints(db, path.dirname(file));
    if (heard > 0) log.write('history', `${heard} run(s) had a checkpoint that the history did not know.`);
    return db;
  } catch (error) {
    closeStore(db);
    throw error;
  }
}

function remedyOf({ kind }: Failure): string | undefined {
  if (kind === 'newer-database') return undefined;
  return kind === 'damaged-database' ? 'Begin a New History' : 'Try Again';
}
