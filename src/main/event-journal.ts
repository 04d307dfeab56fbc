// What runs said while the history was locked, in a file beside it until it stands there: whatever ends this process, the next one reads it.
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { RunEvent } from '#shared/run-event';

export interface Said {
  runId: string;
  event: RunEvent;
  at: Date;
}

/** Not JSON, which knows neither NaN nor infinity. */
const line = (said: Said): string => `${serialize(said).toString('base64')}\n`;

export class EventJournal {
  readonly #file: string;
  /** A full disk may have taken a part of the last line. */
  #isCut = false;

  /** @param database the file of the history */
  constructor(database: string) {
    this.#file = `${database}.unwritten`;
  }

  /** In the place of what it held. */
  keep(all: readonly Said[]): void {
    const beside = `${this.#file}.unfinished`;
    writeFileSync(beside, all.map(line).join(''));
    renameSync(beside, this.#file);
    this.#isCut = false;
  }

  add(said: Said): void {
    const text = (this.#isCut ? '\n' : '') + line(said);
    this.#isCut = true;
    appendFileSync(this.#file, text);
    this.#isCut = false;
  }

  /** A line that cannot be read, as a full disk, a power cut or another version leaves it, is told and left out: the others stand. */
  read(unreadable: (error: unknown) => void = () => {}): Said[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return [];
    }
    const lines = text.split('\n').slice(0, -1).filter(Boolean);
    return lines.flatMap((each) => {
      try {
        return [deserialize(Buffer.from(each, 'base64')) as Said];
      } catch (error) {
        unreadable(error);
        return [];
      }
    });
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
