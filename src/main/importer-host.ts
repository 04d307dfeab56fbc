// Owns the importing process's life: a check, an import, a set of thumbnails is a job in a process of its own.
import type { Thumbnail } from '#shared/dataset-view';
import type { AddOptions, CheckReport, DatasetManifest, ImportOptions, ImportProgress, SourceChoices, StoppedAt } from '#shared/dataset';
import type { DatasetEdits } from '#shared/dataset-edits';
import type { Failure } from '#shared/failure';
import { FailureError } from '#shared/failure';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import type { Exit, Fork } from '#shared/child';
import { exitInWords } from '#shared/child';
import type { Job, Reading } from '#shared/job';
import { startJob } from '#shared/job';
import { HostedImport, type ReadCommand } from '#shared/hosted-import';
import type { VersionDifference } from '#shared/version-difference';
import { later } from './later';

export interface Imported {
  manifest: DatasetManifest;
  bytesOnDisk: number;
  /** From the version it was made from. */
  difference?: VersionDifference;
}

/** What makes a version: an import, or another version and what is to be different. */
export type Making =
  | { kind: 'import'; folder: string; options: ImportOptions }
  | { kind: 'edit'; base: string; edits: DatasetEdits }
  | { kind: 'grow'; base: string; source: { folder: string; options: AddOptions; since: number } };

/** Every version is written in a folder of its own, and it is known which are: see stopped-imports.ts. */
const ALONE = { isAlone: true };

type Progress = (progress: ImportProgress) => void;

export class ImporterHost {
  #working?: { cancel(): void };
  #pausing = false;

  constructor(private readonly fork: Fork) {}

  check(folder: string, choices: SourceChoices | undefined, onProgress: Progress): Promise<CheckReport> {
    return this.#exclusive({ kind: 'check', folder, choices }, onProgress, (message) =>
      message.kind === 'checked' ? { result: message.report } : undefined,
    );
  }

  /** Writes the version into `into`; what a failed or cancelled one leaves there is the caller's to remove. */
  make(making: Making, into: string, onProgress: Progress): Promise<Imported> {
    return this.#exclusive({ ...making, into, ...(making.kind === 'import' && ALONE) }, onProgress, (message) =>
      message.kind === 'imported' ? { result: message } : undefined,
    );
  }

  get isWorking(): boolean {
    return this.#working !== undefined;
  }

  /** Ends the check or the import in progress. */
  cancel(): void {
    this.#working?.cancel();
  }

  /** Ends it so that an import can go on later; its failure is 'stopped'. */
  pause(): void {
    this.#pausing = this.#working !== undefined;
    this.cancel();
  }

  /** How far an import into `into` came that was ended before its end; undefined where none can go on. */
  stoppedAt(into: string): Promise<StoppedAt | undefined> {
    return this.#start<StoppedAt | undefined>({ kind: 'look-for-stopped', into, ...ALONE }, (message) =>
      message.kind === 'stopped-at' ? { result: message.at } : undefined,
    ).result;
  }

  /** `folder`: of an imported version. */
  thumbnails(folder: string, perClass: number): Promise<Thumbnail[]> {
    return this.#start<Thumbnail[]>({ kind: 'thumbnails', folder, perClass }, (message) =>
      message.kind === 'thumbnails' ? { result: message.thumbnails } : undefined,
    ).result;
  }

  async #exclusive<Result>(command: ReadCommand, onProgress: Progress, read: Reading<ImporterMessage, Result>): Promise<Result> {
    if (this.#working) {
      throw new FailureError({ kind: 'bad-setting', problem: 'Another folder is being read. Wait until that is done, or cancel it.' });
    }
    let progress: ImportProgress | undefined;
    const hosted = new HostedImport<Result>(
      () => this.fork('importer'),
      (next) => onProgress((progress = next)),
      later,
    );
    this.#working = hosted;
    try {
      return await hosted.run(command, read);
    } catch (error) {
      // What it leaves is looked at, or removed.
      await hosted.ended();
      if (!this.#pausing) throw error;
      throw new FailureError({ kind: 'stopped', done: progress?.done ?? 0, total: progress?.total ?? 0 });
    } finally {
      this.#working = undefined;
      this.#pausing = false;
    }
  }

  #start<Result>(command: ImporterCommand, read: Reading<ImporterMessage, Result>): Job<ImporterCommand, Result> {
    return startJob(this.fork<ImporterCommand, ImporterMessage>('importer'), command, read, died);
  }
}

const died = (how: Exit): Failure => ({
  kind: 'unexpected',
  message: `the process that reads data ended, ${exitInWords(how)}. Nothing was imported; try again, or leave out very large files.`,
});
