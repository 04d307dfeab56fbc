// That a move goes on: written in the app's own folder before anything of it is done, and gone when it is done or undone.
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { DATABASE_NAME, readPointer } from '../data-pointer';
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
  if ((readPointer(user)?.folder ?? user) !== journal.to) return journal;
  endMove(user, journal);
  return undefined;
}

/** The new folder is in force: nothing is to be remembered any more. */
export function endMove(user: string, { to }: Pick<MoveJournal, 'to'>): void {
  rmSync(path.join(to, COPIED_NAME), { force: true });
  rmSync(fileIn(user), { force: true });
}

/** It was begun from the data in use, and does not lead to it. */
export const isOfThisData = ({ from, to }: MoveJournal, root: string): boolean => isSame(from, root) && !isSame(to, root);

/** @throws FailureError: what lies in its target is not a copy of the data in use, or is that itself */
export function refuseForeign(journal: MoveJournal, root: string): void {
  if (isOfThisData(journal, root)) return;
  throw new FailureError({
    kind: 'bad-setting',
    problem: `A move from ${journal.from} to ${journal.to} was not finished, and your data lies in ${root} now. Use the data in ${journal.from} again to go on with it, or to undo it.`,
  });
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((folder) => (existsSync(folder) ? realpathSync(folder) : path.resolve(folder)));
  return first === second;
}

/** Removes what was copied; the data lies where it was, in `root`. A disk that is not there any more is let go. */
export function undoMove(user: string, root: string): void {
  const journal = settleMove(user);
  if (!journal) return;
  refuseForeign(journal, root);
  if (existsSync(journal.to)) {
    removeData(journal.to);
    rmSync(path.join(journal.to, COPIED_NAME), { force: true });
    if (journal.isMade) removeIfEmpty(journal.to);
  }
  rmSync(fileIn(user), { force: true });
}

/** What Overbatch keeps in a data folder, and nothing else that lies there; the history last, so that a removal cut off is told of again. */
export function removeData(folder: string): void {
  const isHistory = (name: string) => Number(name.startsWith(DATABASE_NAME));
  const names = readdirSync(folder).filter(isData);
  for (const name of names.sort((a, b) => isHistory(a) - isHistory(b)))
    rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
}

export function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
