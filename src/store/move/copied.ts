// What of a move is copied already: a line a file, written once the copy was read again; a move that goes on takes over what still holds.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Item } from './contents';

/** In the target; it also says that what lies there is no data folder yet. */
export const COPIED_NAME = '.overbatch-move';

export interface CopiedFile {
  name: string;
  bytes: number;
  mtimeMs: number;
  sha256: string;
}

export class Copied {
  readonly #known = new Map<string, CopiedFile>();
  readonly #file: string;

  constructor(to: string) {
    this.#file = path.join(to, COPIED_NAME);
    const text = existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : '';
    for (const line of text.split('\n')) {
      const entry = parsed(line);
      if (entry) this.#known.set(entry.name, entry);
    }
    // A line that a kill cut off must not swallow the next one.
    writeFileSync(this.#file, text === '' || text.endsWith('\n') ? '' : '\n', { flag: 'a' });
  }

  /** Of this file as it is now. */
  of({ name, bytes, mtimeMs }: Item): CopiedFile | undefined {
    const entry = this.#known.get(name);
    return entry?.bytes === bytes && entry.mtimeMs === mtimeMs ? entry : undefined;
  }

  add(entry: CopiedFile): void {
    this.#known.set(entry.name, entry);
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}

function parsed(line: string): CopiedFile | undefined {
  try {
    const entry = JSON.parse(line) as CopiedFile;
    return typeof entry.name === 'string' && typeof entry.sha256 === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
