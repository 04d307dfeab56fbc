// Moves all data to another folder: everything is copied and proven, the new history is opened, and only then the new folder is in force. Killed
// at any moment, either the old or the new one is; what was copied is taken over when the same move is begun again.
import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { MoveProgress } from '#shared/data-move';
import { FailureError, toFailure } from '#shared/failure';
import { DATABASE_NAME, holdsData, writePointer } from '../data-pointer';
import { connect } from '../driver';
import { bytesOf, contentsOf, historyBytes, isData, type Item } from './contents';
import { Copied } from './copied';
import { copyFile, sumOf } from './copy-file';
import { copyHistory } from './copy-history';
import { endMove, isOfThisData, refuseForeign, settleMove, writeJournal, type MoveJournal } from './journal';

export interface Move {
  /** The app's own folder. */
  user: string;
  from: string;
  to: string;
}

/** A second look finds what another program wrote during the first; one that never ends to write is told so. */
const MOST_LOOKS = 10;

/** Nobody of this app writes meanwhile. @throws FailureError: the old folder is in force, and the move can go on or be undone */
export function moveData({ user, from, to }: Move, onProgress: (progress: MoveProgress) => void): void {
  try {
    const begun = begunFrom(user, from, to);
    if (begun && begun.to !== to)
      throw new FailureError({ kind: 'bad-setting', problem: `A move to ${begun.to} was not finished. Go on with it, or undo it first.` });
    const isMade = begun?.isMade ?? !existsSync(to);
    writeJournal(user, { from, to, begunAt: new Date().toISOString(), isMade });
    mkdirSync(to, { recursive: true });
    const copying = new Copying(from, to, onProgress);
    copying.copyAll();
    const lock = connect(path.join(from, DATABASE_NAME));
    try {
      lock.exec('BEGIN IMMEDIATE');
      copying.copyAll();
      copying.removeOthers();
      copying.tell('history');
      copyHistory(lock, path.join(to, DATABASE_NAME));
      copying.prove();
      writePointer(user, { folder: to, before: from });
    } finally {
      lock.close();
    }
    endMove(user, { to });
  } catch (error) {
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, to));
  }
}

/** One of other data that is gone for good, to another place, is in nobody's way. */
function begunFrom(user: string, from: string, to: string): MoveJournal | undefined {
  const begun = settleMove(user);
  if (begun && begun.to !== to && !isOfThisData(begun, from) && !holdsData(begun.from)) return undefined;
  if (begun) refuseForeign(begun, from);
  return begun;
}

class Copying {
  readonly #copied: Copied;
  #done = 0;
  #total = 0;

  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly onProgress: (progress: MoveProgress) => void,
  ) {
    this.#copied = new Copied(to);
  }

  tell(stage: MoveProgress['stage']): void {
    this.onProgress({ stage, doneBytes: Math.min(this.#done, this.#total), totalBytes: this.#total });
  }

  /** Until a look finds nothing that is not copied. */
  copyAll(): void {
    for (let look = 0; look < MOST_LOOKS; look++) {
      const items = contentsOf(this.from);
      this.#total = bytesOf(items) + historyBytes(this.from);
      this.#done = 0;
      if (this.#copyThese(items) === 0) return;
    }
    throw new FailureError({
      kind: 'bad-setting',
      problem: 'Another program keeps writing to your data. End it (a run of the command line, perhaps), and move the data then.',
    });
  }

  /** Answers how many were not there yet. */
  #copyThese(items: Item[]): number {
    const firstOf = new Map<string, string>();
    let copied = 0;
    for (const item of items) {
      const target = path.join(this.to, item.name);
      if (item.kind === 'folder') mkdirSync(target, { recursive: true });
      else if (item.kind === 'link') copied += this.#link(item, target);
      else {
        const first = item.inode === undefined ? undefined : firstOf.get(item.inode);
        copied += first === undefined ? this.#copyFile(item, target) : this.#share(item, path.join(this.to, first), target);
        if (item.inode !== undefined && first === undefined) firstOf.set(item.inode, item.name);
      }
    }
    return copied;
  }

  #link({ target: aim = '' }: Item, target: string): number {
    const found = lstatSync(target, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() && readlinkSync(target) === aim) return 0;
    rmSync(target, { force: true, recursive: true });
    symlinkSync(aim, target);
    return 1;
  }

  #copyFile(item: Item, target: string): number {
    if (this.#isThere(item, target)) {
      this.#progress(item.bytes);
      return 0;
    }
    const source = path.join(this.from, item.name);
    // Another program has removed it since: the next look knows.
    if (!existsSync(source)) return 1;
    const sha256 = copyFile(source, target, (bytes) => this.#progress(bytes));
    this.#copied.add({ name: item.name, bytes: item.bytes, mtimeMs: item.mtimeMs, sha256 });
    this.#proven.add(item.name);
    return 1;
  }

  /** Read again once a process: what was there before may have been cut off with the power. */
  #isThere(item: Item, target: string): boolean {
    const known = this.#copied.of(item);
    const found = statSync(target, { throwIfNoEntry: false });
    if (!known || found?.size !== item.bytes) return false;
    if (!this.#proven.has(item.name) && sumOf(target) !== known.sha256) return false;
    this.#proven.add(item.name);
    return true;
  }
  readonly #proven = new Set<string>();

  /** The same file under another name; where the disk knows no such thing it is copied. */
  #share(item: Item, first: string, target: string): number {
    const [one, other] = [statSync(first), statSync(target, { throwIfNoEntry: false })];
    if (other && other.ino === one.ino && other.dev === one.dev) return 0;
    if (other && this.#isThere(item, target)) return 0;
    rmSync(target, { force: true });
    try {
      linkSync(first, target);
      return 1;
    } catch {
      return this.#copyFile(item, target);
    }
  }

  #said = 0;
  #progress(bytes: number): void {
    this.#done += bytes;
    if (performance.now() - this.#said < 100) return;
    this.#said = performance.now();
    this.tell('files');
  }

  /** What was copied before and is not among the data any more. */
  removeOthers(): void {
    const wanted = new Set(contentsOf(this.from).map(({ name }) => name));
    for (const { name } of contentsOf(this.to)) if (!wanted.has(name)) rmSync(path.join(this.to, name), { recursive: true, force: true });
  }

  /** All of it lies there, by name and size; every file's bytes were read again when they were copied. */
  prove(): void {
    const there = new Map(contentsOf(this.to).map((item) => [item.name, item]));
    const missing = contentsOf(this.from).find(({ name, kind, bytes }) => {
      const found = there.get(name);
      return found?.kind !== kind || found.bytes !== bytes;
    });
    const others = readdirSync(this.from).filter(
      (name) => isData(name) && !existsSync(path.join(this.to, name)) && !/-(wal|shm)$/.test(name),
    );
    const first = missing?.name ?? others[0];
    if (first !== undefined)
      throw new FailureError({ kind: 'bad-setting', problem: `${first} did not arrive in ${this.to}. Nothing was changed; try again.` });
  }
}
