// Finds the folder of the data before anything is opened; where its disk is not connected the person is asked, and nothing is made in its place.
import { failureSentence, toFailure } from '#shared/failure';
import { DATABASE_NAME, holdsData, readPointer, writePointer } from '#store/data-pointer';
import { unwritable } from '#store/writable';
import type { Log } from './log';

export interface FoundData {
  root: string;
  /** Where the data should be: the app's own folder takes its place until the next start. */
  missing?: string;
}

export interface AskingForData {
  log: Log;
  /** Resolves with the place of the answer; the last is to quit. */
  ask(message: string, answers: string[]): Promise<number>;
  /** The folder chosen; undefined when the dialog was closed. */
  choose(): Promise<string | undefined>;
}

const ANSWERS = ['Try Again', 'Choose…', 'Start with the Default Folder', 'Quit'];

/** Undefined: the app is to end. */
export async function findData(user: string, { log, ask, choose }: AskingForData): Promise<FoundData | undefined> {
  let said: string | undefined;
  for (;;) {
    const { folder, problem } = look(user);
    if (problem === undefined) return { root: folder };
    log.write('data folder', problem);
    const answer = await ask(
      said ?? `${problem}\n\nStarted with the default folder, Overbatch shows what is there, and asks again next time.`,
      ANSWERS,
    );
    said = undefined;
    if (answer === 2) return { root: user, missing: folder };
    if (answer === 3) return undefined;
    if (answer === 0) continue;
    const chosen = await choose();
    if (chosen === undefined) continue;
    if (holdsData(chosen)) writePointer(user, { folder: chosen });
    else said = `There is no data of Overbatch in ${chosen}. Choose the folder that holds the file ${DATABASE_NAME}.`;
  }
}

/** Where the data should be, and why it cannot be used. */
function look(user: string): { folder: string; problem?: string } {
  try {
    const { folder } = readPointer(user) ?? { folder: user };
    if (folder === user) return { folder };
    if (!holdsData(folder)) return { folder, problem: `Your data lies in ${folder}, and that is not there. Is its disk connected?` };
    const refused = unwritable(folder);
    return refused ? { folder, problem: failureSentence(refused) } : { folder };
  } catch (error) {
    return { folder: user, problem: failureSentence(toFailure(error)) };
  }
}
