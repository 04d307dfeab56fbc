// Before something is deleted for good: nobody in the history or the queue needs it, and what comes back to the disk.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { listed, locale, quoted } from '#shared/language';
import { FailureError } from '#shared/failure';

/** Names told in a refusal. */
const NAMED = 3;

/** @param runs names of those that need it @param waiting of those that do and are not begun @param what "this version" @throws FailureError bad-setting where there are any */
export function refuseNeeded(runs: readonly string[], waiting: readonly string[], what: string): void {
  if (runs.length === 1) throw refused(`The run ${named(runs)} needs ${what}. Delete it in the history first.`);
  if (runs.length > 1) throw refused(`The runs ${named(runs)} need ${what}. Delete them in the history first.`);
  if (waiting.length === 1) throw refused(`The run ${named(waiting)} needs ${what}. Take it out of the queue first.`);
  if (waiting.length > 1) throw refused(`The runs ${named(waiting)} need ${what}. Take them out of the queue first.`);
}

const refused = (problem: string) => new FailureError({ kind: 'bad-setting', problem });

function named(runs: readonly string[]): string {
  const names = runs.slice(0, NAMED).map(quoted);
  const more = runs.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more.toLocaleString(locale)} more` : listed(names);
}

/** What no other folder shares: only that comes back to the disk. */
export async function ownBytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const files = await Promise.all((await readdir(folder)).map((name) => stat(path.join(folder, name))));
  return files.reduce((sum, { size, nlink }) => sum + (nlink > 1 ? 0 : size), 0);
}
