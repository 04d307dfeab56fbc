// Whether Overbatch comes up: a small file says so before the history is opened. After two starts that failed, the next is a safe one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SafeBecause } from '#shared/trouble';
import { writeWhole } from '#store/write-whole';
import type { Log } from './log';

const FILE_NAME = 'starts.json';
const MOST_FAILED = 2;
/** Whoever closes it sooner has changed their mind; later they did not get to see it. */
const PATIENCE_MS = 20_000;

interface Kept {
  /** In a row, this one too until it is usable. */
  failed: number;
  /** Since when it runs; absent: it has ended in order. */
  runningSince?: string;
}

export class Starts {
  #before = 0;
  #failed = 0;
  #began = 0;
  #isPageLost = false;
  readonly #file: string;

  constructor(
    userFolder: string,
    private readonly log: Log,
  ) {
    this.#file = path.join(userFolder, FILE_NAME);
  }

  /** `crashed`: the time before, it did not end in order. */
  begin(isSafeAsked: boolean, now = Date.now()): { safe?: SafeBecause; crashed: boolean; ranSince?: string } {
    const { failed, runningSince } = readKept(this.#file);
    this.#before = failed;
    this.#began = now;
    this.#keep(failed + 1, true);
    const safe = isSafeAsked ? 'asked' : failed >= MOST_FAILED ? 'failed-starts' : undefined;
    return { ...(safe && { safe }), crashed: runningSince !== undefined, ...(runningSince && { ranSince: runningSince }) };
  }

  /** The window says so. */
  isUsable(): void {
    if (this.#failed > 0) this.#keep(0, true);
  }

  /** The page's process died: if it never becomes usable, the start has failed however it ends. */
  losesPage(): void {
    this.#isPageLost = true;
  }

  /** In order. @param isWanted the person ended it at a question of ours */
  end(isWanted = false, now = Date.now()): void {
    const isSoon = now - this.#began < PATIENCE_MS && !this.#isPageLost;
    this.#keep(this.#failed > 0 && (isWanted || isSoon) ? this.#before : this.#failed, false);
  }

  #keep(failed: number, isRunning: boolean): void {
    this.#failed = failed;
    const kept: Kept = { failed, ...(isRunning && { runningSince: new Date(this.#began).toISOString() }) };
    try {
      writeWhole(this.#file, JSON.stringify(kept));
    } catch (error) {
      // On a full disk it starts all the same.
      this.log.error('start', error);
    }
  }
}

/** A file that cannot be read says nothing against the program. */
function readKept(file: string): Kept {
  try {
    const { failed, runningSince } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>;
    return {
      failed: Number.isSafeInteger(failed) && failed! > 0 ? failed! : 0,
      ...(typeof runningSince === 'string' && { runningSince }),
    };
  } catch {
    return { failed: 0 };
  }
}
