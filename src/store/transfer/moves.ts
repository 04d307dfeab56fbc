// Folders and files that change their places, and can all be taken back: nothing is removed.
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';

export class Moves {
  readonly #done: (readonly [from: string, to: string])[] = [];

  /** What lies in its place is put aside. */
  move(from: string, to: string): void {
    if (existsSync(to)) this.#rename(to, `${from}.before`);
    this.#rename(from, to);
  }

  undo(): void {
    for (const [from, to] of this.#done.splice(0).reverse()) renameSync(to, from);
  }

  #rename(from: string, to: string): void {
    renameSync(from, to);
    this.#done.push([from, to]);
  }
}

/** Where nothing lies: what no run of the history knows may be all that is left of one, and on some disks capitals do not count. */
export function freeFolder(within: string, name: string): string {
  for (let number = 1; ; number++) {
    const folder = path.join(within, number === 1 ? name : `${name}-${number}`);
    if (!existsSync(folder)) return folder;
  }
}
