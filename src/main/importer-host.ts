// Owns the importing process's life: a check, an import, a set of thumbnails is a job in a process of its own.
import type { Thumbnail } from '#shared/contract';
import type { AddOptions, CheckReport, DatasetManifest, ImportOptions, ImportProgress, SourceChoices } from '#shared/dataset';
import type { DatasetEdits } from '#shared/dataset-edits';
import type { Failure } from '#shared/failure';
import { FailureError } from '#shared/failure';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import type { Exit, Fork } from '#shared/child';
import { exitInWords } from '#shared/child';
import type { Job, Reading } from '#shared/job';
import { startJob } from '#shared/job';
import { HostedImport, type Later, type ReadCommand } from '#shared/hosted-import';
import type { VersionDifference } from '#shared/version-difference';

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

type Progress = (progress: ImportProgress) => void;

export class ImporterHost {
  #working?: { cancel(): void };

  constructor(private readonly fork: Fork) {}

  check(folder: string, choices: SourceChoices | undefined, onProgress: Progress): Promise<CheckReport> {
    return this.#exclusive({ kind: 'check', folder, choices }, onProgress, (message) =>
      message.kind === 'checked' ? { result: message.report } : undefined,
    );
  }

  /** Writes the version into `into`; what a failed or cancelled one leaves there is the caller's to remove. */
  make(making: Making, into: string, onProgress: Progress): Promise<Imported> {
    return this.#exclusive({ ...making, into }, onProgress, (message) => (message.kind === 'imported' ? { result: message } : undefined));
  }

  /** Ends the check or the import in progress. */
  cancel(): void {
    this.#working?.cancel();
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
    const hosted = new HostedImport<Result>(() => this.fork('importer'), onProgress, later);
    this.#working = hosted;
    try {
      return await hosted.run(command, read);
    } finally {
      this.#working = undefined;
    }
  }

  #start<Result>(command: ImporterCommand, read: Reading<ImporterMessage, Result>): Job<ImporterCommand, Result> {
    return startJob(this.fork<ImporterCommand, ImporterMessage>('importer'), command, read, died);
  }
}

const later: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

const died = (how: Exit): Failure => ({
  kind: 'unexpected',
  message: `the process that reads data ended, ${exitInWords(how)}. Nothing was imported; try again, or leave out very large files.`,
});
