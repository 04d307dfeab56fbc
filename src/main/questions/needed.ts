// Before something is deleted for good: nobody in the history or the queue needs it, and what comes back to the disk.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';

/** Names told in a refusal. */
const NAMED = 3;

/** @param runs names of those that need it @param waiting of those that do and are not begun @param what "this version" @throws FailureError bad-setting where there are any */
export function refuseNeeded(runs: readonly string[], waiting: readonly string[], what: string): void {
  refuse(runs, what, (them) => `Delete ${them} in the history first.`);
  refuse(waiting, what, (them) => `Take ${them} out of the queue first.`);
}

function refuse(runs: readonly string[], what: string, next: (them: string) => string): void {
  if (runs.length === 0) return;
  const named = runs.slice(0, NAMED).map((name) => `"${name}"`);
  const more = runs.length > NAMED ? ` and ${runs.length - NAMED} more` : '';
  const isOne = runs.length === 1;
  const problem = `${isOne ? 'The run' : 'The runs'} ${named.join(', ')}${more} ${isOne ? 'needs' : 'need'} ${what}. ${next(isOne ? 'it' : 'them')}`;
  throw new FailureError({ kind: 'bad-setting', problem });
}

/** What no other folder shares: only that comes back to the disk. */
export async function ownBytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const files = await Promise.all((await readdir(folder)).map((name) => stat(path.join(folder, name))));
  return files.reduce((sum, { size, nlink }) => sum + (nlink > 1 ? 0 : size), 0);
}
