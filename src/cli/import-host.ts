// Checks and imports as the app does: in a process of their own, so that a hostile picture ends that one and is named.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkSource, importSource } from '#datasets/source';
import { cleanUnfinished, stoppedAt } from '#datasets/unfinished';
import type { Watch } from '#datasets/watch';
import type { CheckReport, DatasetManifest, ImportOptions, SourceChoices } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { HostedImport, type Later, type ReadCommand } from '#shared/hosted-import';
import type { Reading } from '#shared/job';
import type { ImporterMessage } from '#shared/trainer-messages';
import { forkProgram } from './fork-program';

/** Undefined where it was not built: the sources run by themselves, as in unit tests. OVERBATCH_IMPORTER names another. */
function importerFile(): string | undefined {
  const places = [process.env.OVERBATCH_IMPORTER, join(dirname(process.argv[1]), 'importer.js')];
  return places.find((path) => path !== undefined && existsSync(path));
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, cancelled */
export async function checkData(folder: string, choices: SourceChoices, watch: Watch): Promise<CheckReport> {
  const program = importerFile();
  if (program === undefined) return checkSource(folder, choices, watch);
  return hosted(program, { kind: 'check', folder, choices }, watch, (message) =>
    message.kind === 'checked' ? { result: message.report } : undefined,
  );
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled, stopped */
export async function importData(folder: string, options: ImportOptions, into: string, watch: Watch): Promise<DatasetManifest> {
  const program = importerFile();
  try {
    if (program === undefined) return await importSource(folder, options, into, watch);
    return await hosted(program, { kind: 'import', folder, options, into }, watch, (message) =>
      message.kind === 'imported' ? { result: message.manifest } : undefined,
    );
  } catch (error) {
    const stopped = toFailure(error).kind === 'cancelled' ? await stoppedAt(into) : undefined;
    throw stopped ? new FailureError({ kind: 'stopped', ...stopped }) : error;
  } finally {
    // What a process that was ended left behind, and no import can go on with.
    await cleanUnfinished(dirname(into));
  }
}

async function hosted<Result>(
  program: string,
  command: ReadCommand,
  { onProgress = () => {}, signal }: Watch,
  read: Reading<ImporterMessage, Result>,
): Promise<Result> {
  const host = new HostedImport<Result>(() => forkProgram(program), onProgress, later);
  const cancel = (): void => host.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const result = host.run(command, read);
    if (signal?.aborted) cancel();
    return await result;
  } finally {
    signal?.removeEventListener('abort', cancel);
    await host.ended();
  }
}

const later: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};
