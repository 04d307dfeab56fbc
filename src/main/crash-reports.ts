// A report of each process that ended unexpectedly, in a folder of the app's own: read by whoever is asked for help, sent nowhere.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import path from 'node:path';
import { CRASHING, type Crash, type Crashing, type CrashReport } from '#shared/trouble';
import { writeWhole } from '#store/write-whole';
import type { Log } from './log';

const MOST_REPORTS = 20;
const LAST_LINES = 40;
const NAME = /^\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z-[a-z]+\.json$/;

export class CrashReports {
  #isClosed = false;
  #seen: string;
  readonly #seenFile: string;
  readonly #began: string;

  constructor(
    private readonly folder: string,
    private readonly log: Log,
    private readonly version: string,
    began = new Date(),
  ) {
    this.#seenFile = path.join(folder, 'seen.txt');
    this.#seen = readText(this.#seenFile);
    this.#began = began.toISOString();
  }

  note(what: Crashing, how: string, { isOfMemory = false, at = new Date() } = {}): void {
    if (this.#isClosed) return;
    this.log.write('crash', `${what}: ${how}.`);
    const report: CrashReport = {
      what,
      at: at.toISOString(),
      how,
      ...(isOfMemory && { isOfMemory }),
      version: this.version,
      electron: process.versions.electron ?? '',
      system: `${platform()} ${release()} ${arch()}`,
      lastLines: this.log.last(LAST_LINES),
    };
    try {
      writeWhole(path.join(this.folder, `${report.at.replaceAll(':', '-')}-${what}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
      for (const old of this.#names().slice(MOST_REPORTS)) rmSync(path.join(this.folder, old), { force: true });
    } catch (error) {
      // A full disk must not make more of it.
      this.log.error('crash', error);
    }
  }

  /** Of the app itself, the time before this. @param at of its last sign of life */
  noteLast(at: Date): void {
    const before = Date.parse(this.#began) - 1;
    this.note('main', 'it ended without being closed', { at: new Date(Math.min(at.getTime(), before)) });
  }

  /** The app ends: what ends with it did not crash. */
  close(): void {
    this.#isClosed = true;
  }

  /** The newest first; a report that cannot be read is none. */
  all(): CrashReport[] {
    return this.#names().flatMap((name) => readReport(path.join(this.folder, name)) ?? []);
  }

  /** Of the time before this start, and of the page that was just lost, until they are dismissed. */
  offered(): Crash[] {
    const isNew = ({ at, what, isOfMemory }: CrashReport) => !isOfMemory && at > this.#seen && (at < this.#began || what === 'window');
    return this.all()
      .filter(isNew)
      .map(({ what, at, how }) => ({ what, at, how }));
  }

  /** @throws when it cannot be written: they are then offered again */
  dismiss(now = new Date()): void {
    this.#seen = now.toISOString();
    writeWhole(this.#seenFile, this.#seen);
  }

  #names(): string[] {
    try {
      const names = readdirSync(this.folder);
      return names
        .filter((name) => NAME.test(name))
        .sort()
        .reverse();
    } catch {
      return [];
    }
  }
}

function readReport(file: string): CrashReport | undefined {
  try {
    const report = JSON.parse(readText(file)) as CrashReport;
    return CRASHING.includes(report.what) && typeof report.at === 'string' && typeof report.how === 'string' ? report : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
