// A folder for files that nobody keeps. A process that is killed leaves its own behind; whoever makes the next one takes those away.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '#datasets/unfinished';

/** Named by the process that it is of. */
export function makeThrownAway(name: string): string {
  const prefix = `overbatch-${name}-`;
  for (const left of readdirSync(tmpdir())) {
    const pid = left.startsWith(prefix) ? Number.parseInt(left.slice(prefix.length), 10) : NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) removeThrownAway(join(tmpdir(), left));
  }
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Where that cannot be, e.g. because it is another person's, it stays. */
export function removeThrownAway(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    process.stderr.write(`A temporary folder could not be removed. ${String(error)}\n`);
  }
}
