// Opens the history at start-up; when it cannot be used, the person is told why and asked what to do.
import path from 'node:path';
import { dateLocale } from '#shared/language';
import { failureSentence, toFailure, type Failure } from '#shared/failure';
import type { Backup } from '#shared/backup';
import { listBackups } from '#store/backups';
import type { Database } from '#store/database';
import { markInterrupted } from '#store/interrupted';
import { foldersIn } from '#store/location';
import { closeStore, damagedName, openStore, setAside } from '#store/open';
import { proveBackup, restoreDamaged } from '#store/restore';
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
      const remedies = remediesOf(failure, file);
      const told = [failureSentence(failure), ...remedies.flatMap(({ means }) => means ?? [])].join(' ');
      const remedy = remedies[await ask(told, [...remedies.map(({ label }) => label), 'Quit'])];
      if (!remedy) return undefined;
      try {
        remedy.apply(log);
      } catch (problem) {
        // The same question again, with what is left to answer.
        log.error('history', problem);
      }
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

interface Remedy {
  label: string;
  /** Said besides the failure. */
  means?: string;
  apply(log: Log): void;
}

function remediesOf({ kind }: Failure, file: string): Remedy[] {
  if (kind === 'newer-database') return [];
  if (kind !== 'damaged-database') return [{ label: 'Try Again', apply: () => {} }];
  const beginNew: Remedy = {
    label: 'Begin a New History',
    apply: (log) => log.write('history', `The damaged history was kept as ${path.basename(setAside(file))}.`),
  };
  const backup = newestWhole(file);
  return backup ? [restoring(backup, file), beginNew] : [beginNew];
}

function restoring({ name, at }: Backup, file: string): Remedy {
  const date = new Date(at).toLocaleString(dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    label: 'Restore the Backup',
    means: `There is a whole backup of ${date}. Restored, it holds all but what came later; the damaged history is kept beside it.`,
    apply(log) {
      const aside = damagedName(file);
      restoreDamaged(placesOf(file), name, aside);
      log.write('history', `The backup ${name} was restored; the damaged history was kept as ${path.basename(aside)}.`);
    },
  };
}

/** A damaged one is passed over. */
function newestWhole(file: string): Backup | undefined {
  const { backups } = placesOf(file);
  return listBackups(backups).find(({ name }) => {
    try {
      proveBackup(path.join(backups, name));
      return true;
    } catch {
      return false;
    }
  });
}

const placesOf = (file: string) => ({ ...foldersIn(path.dirname(file)), database: file });
