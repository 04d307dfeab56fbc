// The folders and files that were checked as data last: for Open Recent and what the system keeps of the kind. Their paths stay in main.
import path from 'node:path';
import * as v from 'valibot';
import type { Database } from '#store/database';
import { getSetting, setSetting } from '#store/settings';

const SETTING = 'recent-data';
const MOST = 10;
const SavedSchema = v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(32_767)));

/** The system's own list. */
export interface SystemRecent {
  add(file: string): void;
  clear(): void;
}

export class RecentData {
  #all: readonly string[];
  #listeners: (() => void)[] = [];

  constructor(
    private readonly db: Database,
    private readonly system?: SystemRecent,
  ) {
    const saved = v.safeParse(SavedSchema, getSetting(db, SETTING));
    this.#all = saved.success ? saved.output.slice(0, MOST) : [];
  }

  /** The newest first. */
  get all(): readonly string[] {
    return this.#all;
  }

  add(file: string): void {
    this.system?.add(file);
    this.#keep([file, ...this.#all.filter((other) => other !== file)].slice(0, MOST));
  }

  clear(): void {
    this.system?.clear();
    this.#keep([]);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #keep(all: readonly string[]): void {
    this.#all = all;
    setSetting(this.db, SETTING, all);
    for (const listener of this.#listeners) listener();
  }
}

/** What they are called in a list: with the folder they lie in, where two have one name. */
export const recentLabels = (files: readonly string[]): string[] =>
  files.map((file, i) => {
    const name = path.basename(file) || file;
    const isTwice = files.some((other, j) => j !== i && path.basename(other) === name);
    return isTwice ? `${name} (${path.dirname(file)})` : name;
  });
