// The preferences as they are kept: one file in the app's own folder, read before anything else is opened.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FailureError, toFailure } from '#shared/failure';
import { PREFERENCE_NAMES, readPreferences, type PreferenceName, type Preferences, type PreferencesChange } from '#shared/preferences';
import { writeWhole } from '#store/write-whole';
import { SETTINGS_FILE } from './chosen-language';
import type { Log } from './log';
import { withinOwn } from './own-folder';

export type PreferencesListener = (now: Preferences, changed: readonly PreferenceName[]) => void;

export class KeptPreferences {
  #now: Preferences;
  /** As it stands in the file, with what this Overbatch does not know. */
  #kept: Record<string, unknown>;
  readonly #file: string;
  readonly #listeners: PreferencesListener[] = [];
  /** Said once where they could not be read: then all are the defaults. */
  readonly problem?: string;

  constructor(folder: string, log: Log) {
    this.#file = path.join(folder, SETTINGS_FILE);
    const found = readKept(this.#file);
    this.#kept = found.kept;
    this.#now = readPreferences(found.kept);
    if (found.reason === undefined) return;
    this.problem = problemWords(setAside(this.#file, log));
    log.write('preferences', `${this.problem} ${found.reason}`);
  }

  get now(): Preferences {
    return this.#now;
  }

  onChange(listener: PreferencesListener): void {
    this.#listeners.push(listener);
  }

  /** Kept first: what could not be written does not hold. @throws FailureError disk-full, no-permission */
  change(change: PreferencesChange): Preferences {
    const kept = { ...this.#kept, ...change };
    const now = readPreferences(kept);
    const changed = PREFERENCE_NAMES.filter((name) => !isDeepStrictEqual(now[name], this.#now[name]));
    try {
      writeWhole(this.#file, `${JSON.stringify(kept, undefined, 2)}\n`);
    } catch (error) {
      throw new FailureError(withinOwn(toFailure(error, this.#file), path.dirname(this.#file)));
    }
    this.#kept = kept;
    this.#now = now;
    if (changed.length > 0) for (const listener of this.#listeners) listener(now, changed);
    return now;
  }
}

function readKept(file: string): { kept: Record<string, unknown>; reason?: string } {
  try {
    if (!existsSync(file)) return { kept: {} };
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { kept: { ...parsed } };
    return { kept: {}, reason: 'It holds something else than settings.' };
  } catch (error) {
    return { kept: {}, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Answers where it lies now; undefined: it could not be moved, and the next change writes over it. */
function setAside(file: string, log: Log, now = new Date()): string | undefined {
  const aside = `${file}.damaged-${now.toISOString().replaceAll(':', '-')}`;
  try {
    renameSync(file, aside);
    return aside;
  } catch (error) {
    log.error('preferences', error);
    return undefined;
  }
}

const problemWords = (aside: string | undefined): string =>
  aside === undefined
    ? 'Your settings could not be read, so the usual ones hold.'
    : `Your settings could not be read, so the usual ones hold. The damaged file was kept as ${aside}.`;
