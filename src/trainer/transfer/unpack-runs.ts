// A file of runs from another computer, written by whoever: read whole into a folder beside the runs, and every part held against the list and
// against what it has to be, before anything of it is anybody's run.
import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ZipSource } from '#datasets/sources/zip';
import { requireRoom } from '#shared/disk-room';
import { FailureError, toFailure } from '#shared/failure';
import { MANIFEST, MOST_MANIFEST_BYTES, parseManifest, pathOf, type Manifest, type Part } from '#shared/run-file/manifest';
import { parseReceipt, parseRecord, type RunRecord } from '#shared/run-file/record';
import { identityText, INCOMING, type Staged, type Unpacked } from '#shared/run-file/transfer';
import type { Receipt } from '#shared/run-event';
import { sha256Of, takePart, type Refuse } from './take-part';

/** @param into a folder of runs @throws FailureError bad-setting with what is wrong with it, no-room, disk-full, no-permission */
export async function unpackRuns(file: string, into: string): Promise<Unpacked> {
  const folder = join(into, `${INCOMING}${randomUUID()}`);
  const refuse: Refuse = (problem) =>
    new FailureError({ kind: 'bad-setting', problem: `${basename(file)} cannot be imported: ${problem}` });
  let archive: ZipSource | undefined;
  try {
    archive = await openArchive(file, refuse);
    const manifest = await readManifest(archive, refuse);
    requireRoom({ what: 'runs', path: into, neededBytes: bytesOf(manifest) }, statfsSync);
    await mkdir(folder, { recursive: true });
    const runs: Staged[] = [];
    for (const [i, { parts }] of manifest.runs.entries())
      runs.push(await takeRun(archive, { i, parts, folder: join(folder, String(i)), refuse }));
    if (new Set(runs.map(({ record }) => record.id)).size < runs.length) throw refuse('it has a run twice. Export the runs again.');
    return { folder, runs };
  } catch (error) {
    // What went wrong counts, not that its remains could not be removed.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, folder));
  } finally {
    await archive?.close();
  }
}

/** Rows lie there once more, in the history, before they go from beside the runs. */
const bytesOf = ({ runs }: Manifest): number =>
  runs.flatMap(({ parts }) => parts).reduce((sum, { name, bytes }) => sum + (name.endsWith('.jsonl') ? 2 : 1) * bytes, 0);

async function openArchive(file: string, refuse: Refuse): Promise<ZipSource> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw refuse('there is no such file. Choose it again.');
  try {
    return await ZipSource.open(file);
  } catch (error) {
    const failure = toFailure(error, file);
    throw failure.kind === 'dataset-invalid' ? refuse(failure.problem) : error;
  }
}

async function readManifest(archive: ZipSource, refuse: Refuse): Promise<Manifest> {
  const listed = (await archive.list('')).find((entry) => entry.kind === 'file' && entry.name === MANIFEST);
  if (listed?.kind !== 'file') throw refuse('it is no file of runs. Choose one that was made by Export runs.');
  if (listed.bytes > MOST_MANIFEST_BYTES) throw refuse('its list of parts is damaged. Copy the file again, or export the runs again.');
  const text = await archive.read(MANIFEST).catch(() => {
    throw refuse('its list of parts is damaged. Copy the file again, or export the runs again.');
  });
  const manifest = parseManifest(text.toString());
  if ('problem' in manifest) throw refuse(manifest.problem);
  return manifest;
}

interface Taking {
  i: number;
  parts: readonly Part[];
  folder: string;
  refuse: Refuse;
}

async function takeRun(archive: ZipSource, { i, parts, folder, refuse }: Taking): Promise<Staged> {
  const [rows, runFolder] = [join(folder, 'rows'), join(folder, 'run')];
  await mkdir(rows, { recursive: true });
  await mkdir(join(runFolder, 'evaluation'), { recursive: true });
  const sums: Record<string, string> = {};
  for (const part of parts)
    sums[part.name] = await takePart(
      await archive.stream(pathOf(i, part.name)).catch(() => undefined),
      part,
      placeOf(part, folder),
      refuse,
    );
  const record = parseRecord(await readFile(join(rows, 'run.json'), 'utf8'));
  if (!record) throw refuse(`what it says of run ${i + 1} is damaged, or of a newer Overbatch. Export it again, or update this one.`);
  const receipt = await readReceipt(parts, { record, rows, refuse });
  const hasModel = parts.some(({ name }) => name === 'model/weights.bin');
  const weights = parts.find(({ name }) => name === 'model/weights.bin')?.sha256;
  if (receipt?.weights !== undefined && weights !== undefined && receipt.weights !== weights)
    throw refuse(`the weights of "${record.name}" are not those that its receipt is of. Export it again.`);
  if (receipt) await writeFile(join(runFolder, 'receipt.json'), JSON.stringify(receipt, null, 2));
  const identity = sha256Of(identityText(record, { steps: sums['steps.jsonl'], epochs: sums['epochs.jsonl'] }));
  return { record, receipt: receipt ? JSON.stringify(receipt) : null, identity, rows, runFolder, hasModel };
}

/** Where a part lies until it is known to be right: models and evaluations as in the folder of a run. */
function placeOf({ name }: Part, folder: string): string {
  if (name.startsWith('evaluation/')) return join(folder, 'run', name);
  return name.startsWith('model/') ? join(folder, 'run', name.slice('model/'.length)) : join(folder, 'rows', name);
}

/** Without its other model, which stays where it is. */
async function readReceipt(
  parts: readonly Part[],
  { record, rows, refuse }: { record: RunRecord; rows: string; refuse: Refuse },
): Promise<Receipt | undefined> {
  if (!parts.some(({ name }) => name === 'receipt.json')) return undefined;
  const receipt = parseReceipt(await readFile(join(rows, 'receipt.json'), 'utf8'));
  if (!receipt) throw refuse(`the receipt of "${record.name}" is damaged, or of a newer Overbatch. Export it again, or update this one.`);
  if (record.dataHash !== null && receipt.dataset.contentHash !== record.dataHash)
    throw refuse(`the receipt of "${record.name}" is of other data. Export it again.`);
  delete receipt.other;
  return receipt;
}
