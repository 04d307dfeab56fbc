// The log file: what happened, for the person who is asked what happened. Never pictures, never secrets.
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const MOST_BYTES = 1_000_000;
const OLD_FILES = 3;

export interface Log {
  readonly folder: string;
  write(source: string, text: string): void;
  /** With its stack: here, and nowhere in the window. */
  error(source: string, error: unknown): void;
}

export function openLog(folder: string, mostBytes = MOST_BYTES): Log {
  const file = path.join(folder, 'overbatch.log');
  const write = (source: string, text: string) => {
    try {
      mkdirSync(folder, { recursive: true });
      rotate(file, mostBytes);
      appendFileSync(file, `${new Date().toISOString()} [${source}] ${text.trimEnd()}\n`);
    } catch {
      // A full disk must not end a training because nothing can be noted about it.
    }
  };
  return {
    folder,
    write,
    error: (source, error) => write(source, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  };
}

function rotate(file: string, mostBytes: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < mostBytes) return;
  rmSync(`${file}.${OLD_FILES}`, { force: true });
  for (let age = OLD_FILES - 1; age >= 1; age--) {
    if (statSync(`${file}.${age}`, { throwIfNoEntry: false })) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
  }
  renameSync(file, `${file}.1`);
}
