// The log: what happened, for the person who is asked what happened, a line each. Never pictures, never secrets; old files go.
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const MOST_BYTES = 1_000_000;
const OLD_FILES = 3;
/** What a library prints in its distress may be the data that it was given. */
const MOST_LETTERS = 8_000;

export interface Log {
  readonly folder: string;
  write(source: string, text: string): void;
  /** With its stack: here, and nowhere in the window. */
  error(source: string, error: unknown): void;
  /** The last lines, the newest at the end. */
  last(lines: number): string[];
  /** When the last one was written; undefined where there is none. */
  lastAt(): Date | undefined;
}

export function openLog(folder: string, mostBytes = MOST_BYTES): Log {
  const file = path.join(folder, 'overbatch.log');
  const write = (source: string, text: string) => {
    try {
      mkdirSync(folder, { recursive: true });
      rotate(file, mostBytes);
      appendFileSync(file, `${new Date().toISOString()} [${source}] ${inOneLine(text)}\n`);
    } catch {
      // A full disk must not end a training because nothing can be noted about it.
    }
  };
  return {
    folder,
    write,
    error: (source, error) => write(source, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    last: (lines) => lastLines(file, lines),
    lastAt: () => statSync(file, { throwIfNoEntry: false })?.mtime,
  };
}

/** A stack, too: each line of the file begins with its time. */
function inOneLine(text: string): string {
  const line = text
    .trim()
    .split(/\s*\r?\n\s*/)
    .join(' | ');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}… (${line.length - MOST_LETTERS} more letters)` : line;
}

/** Of a file that was just begun, also of the one before. */
function lastLines(file: string, count: number): string[] {
  const lines = [`${file}.1`, file].flatMap((one) => {
    try {
      return readFileSync(one, 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  });
  return lines.slice(-count);
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
