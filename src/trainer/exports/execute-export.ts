// A trained model taken away: opened, asked for reference answers, made into files, and these tried as they lie on the disk before they get
// their name. What goes wrong leaves nothing behind.
import { existsSync, lstatSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { withMark } from '#shared/language';
import { EXPORTERS } from '#exports/index';
import { comparedOn, type Exporter, type ExportFile, type Programs, type TakenModel } from '#exports/exporter';
import { requireRoom } from '#shared/disk-room';
import { EXPORT_CARDS, unfinishedExport, type ExportProgress, type ExportRequest, type ExportResult } from '#shared/exports';
import { FailureError, toFailure } from '#shared/failure';
import { flushFolder, writeFolder } from '../atomic';
import { turn } from '../turn';
import { HandedOver } from './handed-over';
import { largestDifference } from './run-exported';
import { readPrograms } from './programs';
import { openRunAgain, type OpenRun } from './run-again';
import { takeModel } from './take-model';

/** @throws FailureError bad-model, bad-setting, no-room, disk-full, no-permission */
export async function executeExport(request: ExportRequest, onProgress: (progress: ExportProgress) => void): Promise<ExportResult> {
  const out = resolve(request.out);
  refuseOverwriting(request, out);
  // As much at least: no reference answers are made for nothing.
  requireExportRoom(out, statSync(join(request.modelFolder, 'weights.bin'), { throwIfNoEntry: false })?.size ?? 0);
  onProgress({ stage: 'opening' });
  const exporter = EXPORTERS[request.as];
  const programs = await readPrograms();
  const model = await takeModel(request, (share) => onProgress({ stage: 'answering', share }));
  await turn();
  onProgress({ stage: 'making' });
  const beside = unfinishedExport(out);
  const handedOver = new HandedOver();
  let again: OpenRun | undefined;
  try {
    const made = await exporter.make(model, programs, async () => (again = await openRunAgain(request)));
    await rm(beside, { recursive: true, force: true });
    requireExportRoom(
      out,
      made.reduce((sum, { bytes, size }) => sum + (size ?? bytes.byteLength), 0),
    );
    await writeFolder(beside, Object.fromEntries(made.map((file) => [file.path, () => handedOver.contentOf(file)])));
    onProgress({ stage: 'checking', share: 0 });
    // The disk's word for what was made.
    const bytes = await handedOver.readAgain(beside);
    const held = made.filter(({ rest }) => !rest);
    const files = await Promise.all(held.map(async ({ path }) => ({ path, bytes: await readFile(join(beside, path)) })));
    const proof = await tried(exporter, files, model, programs, (share) => onProgress({ stage: 'checking', share }));
    // Meanwhile somebody may have put something there.
    refuseOverwriting(request, out);
    await rename(EXPORT_CARDS[request.as].kind === 'file' ? join(beside, files[0].path) : beside, out);
    await flushFolder(dirname(out));
    await rm(beside, { recursive: true, force: true });
    return { name: basename(out), bytes, proof };
  } catch (error) {
    // What went wrong counts, not that its remains could not be removed.
    await rm(beside, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, out));
  } finally {
    await again?.close();
  }
}

function requireExportRoom(out: string, neededBytes: number): void {
  requireRoom({ what: 'export', path: dirname(out), neededBytes }, statfsSync);
}

function refuseOverwriting({ replace = false, modelFolder, datasetFolder }: ExportRequest, out: string): void {
  const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem });
  if (`${resolve(modelFolder)}${sep}`.startsWith(`${out}${sep}`))
    throw bad(`${out} holds the run itself. Choose another place for the export.`);
  for (const [folder, what] of [
    [modelFolder, 'the run itself'],
    [datasetFolder, 'its data'],
  ])
    if (folder !== undefined && isWithin(out, folder))
      throw bad(`${out} lies in the folder of ${what}. Choose another place for the export.`);
  const there = lstatSync(out, { throwIfNoEntry: false });
  if (!there || (replace && there.isFile())) return;
  throw bad(`There is already something called ${basename(out)} in that place. Choose another name, so that nothing is lost.`);
}

/** Where they really lie: a link may lead into the folder. */
function isWithin(out: string, folder: string): boolean {
  const parent = dirname(out);
  const place = existsSync(parent) ? realpathSync(parent) : parent;
  return existsSync(folder) && `${place}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
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
    const { references } = model;
    if (!references) throw new Error('there is nothing to compare it with');
    const difference = await largestDifference(proof.runnable(files, programs), references, onAnswered);
    if (difference <= proof.tolerance) return { kind: 'run', difference, tolerance: proof.tolerance, samples: comparedOn(references) };
    throw fails(
      `its answers differ from the run's by up to ${withMark(difference.toPrecision(2))}, and ${withMark(proof.tolerance)} is allowed`,
    );
  } catch (error) {
    throw error instanceof FailureError ? error : fails((error as Error).message.replace(/\.$/, ''));
  }
}
