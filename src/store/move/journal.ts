// That a move goes on: written in the app's own folder before anything of it is done, and gone when it is done or undone.
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { readPointer } from '../data-pointer';
import { writeWhole } from '../write-whole';
import { isData } from './contents';
import { COPIED_NAME } from './copied';

export interface MoveJournal {
  from: string;
  to: string;
  begunAt: string;
  /** The folder was made for it, and goes with it. */
  isMade: boolean;
}

const fileIn = (user: string): string => path.join(user, 'data-move.json');

export function readJournal(user: string): MoveJournal | undefined {
  const file = fileIn(user);
  if (!existsSync(file)) return undefined;
  try {
    const { from, to, begunAt, isMade } = JSON.parse(readFileSync(file, 'utf8')) as Partial<MoveJournal>;
    if (typeof from !== 'string' || typeof to !== 'string') return undefined;
    return { from, to, begunAt: String(begunAt), isMade: isMade === true };
  } catch {
    return undefined;
  }
}

export const writeJournal = (user: string, journal: MoveJournal): void => writeWhole(fileIn(user), `${JSON.stringify(journal)}\n`);

/** At start: one that was cut off after the new folder was in force is done. What is left was cut off before, and all is where it was. */
export function settleMove(user: string): MoveJournal | undefined {
  const journal = readJournal(user);
  if (!journal) return undefined;
  if (readPointer(user)?.folder !== journal.to) return journal;
  endMove(user, journal);
  return undefined;
}

/** The new folder is in force: nothing is to be remembered any more. */
export function endMove(user: string, { to }: Pick<MoveJournal, 'to'>): void {
  rmSync(path.join(to, COPIED_NAME), { force: true });
  rmSync(fileIn(user), { force: true });
}

/** Removes what was copied; the data lies where it was. A disk that is not there any more is let go. */
export function undoMove(user: string): void {
  const journal = settleMove(user);
  if (!journal) return;
  if (existsSync(journal.to)) {
    removeData(journal.to);
    rmSync(path.join(journal.to, COPIED_NAME), { force: true });
    if (journal.isMade) removeIfEmpty(journal.to);
  }
  rmSync(fileIn(user), { force: true });
}

/** What Overbatch keeps in a data folder, and nothing else that lies there. */
export function removeData(folder: string): void {
  for (const name of readdirSync(folder).filter(isData)) rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
}

export function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
