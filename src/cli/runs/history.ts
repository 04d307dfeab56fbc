// The app's history as the command line reads it, and runs in it by what a person calls them.
import type { RunSummary } from '#shared/run-record';
import { FailureError } from '#shared/failure';
import type { Database } from '#store/database';
import { dataFolder, foldersIn, type Folders } from '#store/location';
import { openToRead } from '#store/open-to-read';
import { listRuns } from '#store/runs';

export interface ReadHistory {
  db: Database;
  folders: Folders;
  /** Newest first. */
  runs: RunSummary[];
  say(text: string): void;
}

/** @throws FailureError what keeps it from being read */
export function openHistoryToRead(say: ReadHistory['say']): ReadHistory {
  const folders = foldersIn(dataFolder());
  const db = openToRead(folders.database);
  return { db, folders, runs: listRuns(db), say };
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError bad-setting where it is none of them, or could be several */
export function findRun(runs: readonly RunSummary[], word: string): RunSummary {
  const exact = runs.find(({ id }) => id === word) ?? runs.find(({ name }) => name === word);
  if (exact) return exact;
  const begun = runs.filter(({ id }) => id.startsWith(word));
  if (begun.length > 1) throw bad(`"${word}" is the beginning of ${begun.length} runs. Write more of the id.`);
  if (begun.length === 0) throw bad(`There is no run "${word}" in the history. npm run runs -- list names them.`);
  return begun[0];
}

/** As few letters as a list of this many is told apart by. */
export const SHORT_ID = 8;
