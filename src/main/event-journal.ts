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

  /** @param database the file of the history */
  constructor(database: string) {
    this.#file = `${database}.unwritten`;
  }

  /** In the place of what it held. */
  keep(all: readonly Said[]): void {
    const beside = `${this.#file}.unfinished`;
    writeFileSync(beside, all.map(line).join(''));
    renameSync(beside, this.#file);
  }

  add(said: Said): void {
    appendFileSync(this.#file, line(said));
  }

  /** A last line that was cut short is left out. */
  read(): Said[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return [];
    }
    return text
      .split('\n')
      .slice(0, -1)
      .map((each) => deserialize(Buffer.from(each, 'base64')) as Said);
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
