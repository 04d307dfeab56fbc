// A trained model taken away: opened, asked for reference answers, made into files, and these tried as they lie on the disk before they get
// their name. What goes wrong leaves nothing behind.
import { lstatSync } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { EXPORTERS } from '#exports/index';
import type { Exporter, ExportFile, Programs, TakenModel } from '#exports/exporter';
import { EXPORT_CARDS, unfinishedExport, type ExportProgress, type ExportRequest, type ExportResult } from '#shared/exports';
import { FailureError, toFailure } from '#shared/failure';
import { writeFolder } from '../atomic';
import { turn } from '../turn';
import { largestDifference } from './run-exported';
import { readPrograms } from './programs';
import { openRunAgain, type OpenRun } from './run-again';
import { takeModel } from './take-model';

/** @throws FailureError bad-model, bad-setting, disk-full, no-permission */
export async function executeExport(request: ExportRequest, onProgress: (progress: ExportProgress) => void): Promise<ExportResult> {
  const out = resolve(request.out);
  refuseOverwriting(request, out);
  onProgress({ stage: 'opening' });
  const exporter = EXPORTERS[request.as];
  const programs = await readPrograms();
  const model = await takeModel(request, (share) => onProgress({ stage: 'answering', share }));
  await turn();
  onProgress({ stage: 'making' });
  const beside = unfinishedExport(out);
  let again: OpenRun | undefined;
  try {
    const made = await exporter.make(model, programs, async () => (again = await openRunAgain(request)));
    await rm(beside, { recursive: true, force: true });
    await writeFolder(beside, Object.fromEntries(made.map((file) => [file.path, () => contentOf(file)])));
    onProgress({ stage: 'checking', share: 0 });
    // The disk's word for what was made.
    const held = made.filter(({ rest }) => !rest);
    const files = await Promise.all(held.map(async ({ path }) => ({ path, bytes: await readFile(join(beside, path)) })));
    const sizes = await Promise.all(made.map(async ({ path }) => (await stat(join(beside, path))).size));
    const proof = await tried(exporter, files, model, programs, (share) => onProgress({ stage: 'checking', share }));
    await rename(EXPORT_CARDS[request.as].kind === 'file' ? join(beside, files[0].path) : beside, out);
    await rm(beside, { recursive: true, force: true });
    const { count, from } = model.references;
    return { name: basename(out), bytes: sizes.reduce((sum, size) => sum + size, 0), proof, samples: { count, from } };
  } catch (error) {
    await rm(beside, { recursive: true, force: true, maxRetries: 5 });
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, out));
  } finally {
    await again?.close();
  }
}

function* contentOf({ bytes, rest }: ExportFile): Iterable<Uint8Array> {
  yield bytes;
  if (rest) yield* rest();
}

function refuseOverwriting({ replace = false, modelFolder }: ExportRequest, out: string): void {
  const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem });
  if (`${resolve(modelFolder)}${sep}`.startsWith(`${out}${sep}`))
    throw bad(`${out} holds the run itself. Choose another place for the export.`);
  const there = lstatSync(out, { throwIfNoEntry: false });
  if (!there || (replace && there.isFile())) return;
  throw bad(`There is already something called ${basename(out)} in that place. Choose another name, so that nothing is lost.`);
}

/** @throws FailureError bad-setting where the files do not do what the run does */
async function tried(
  { proof }: Exporter,
  files: readonly ExportFile[],
  model: TakenModel,
  programs: Programs,
  onAnswered: (share: number) => void,
): Promise<ExportResult['proof']> {
  const fails = (problem: string) =>
    new FailureError({ kind: 'bad-setting', problem: `What was made does not work, so it was not kept: ${problem}.` });
  try {
    if (proof.kind === 'read') {
      proof.read(files, model);
      return { kind: 'read' };
    }
    const difference = await largestDifference(proof.runnable(files, programs), model.references, onAnswered);
    if (difference <= proof.tolerance) return { kind: 'run', difference, tolerance: proof.tolerance };
    throw fails(`its answers differ from the run's by up to ${difference.toPrecision(2)}, and ${proof.tolerance} is allowed`);
  } catch (error) {
    throw error instanceof FailureError ? error : fails((error as Error).message.replace(/\.$/, ''));
  }
}
