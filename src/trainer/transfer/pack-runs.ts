// Runs into one file for another computer: their rows as the history has written them down, what their models said of their samples, and
// the models where they are wanted. Every part's sum stands in the list at its end.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { zipStream, type Zipped } from '#exports/zip-stream';
import { FailureError, toFailure } from '#shared/failure';
import {
  isEvaluation,
  MANIFEST,
  pathOf,
  RUN_FILE_FORMAT,
  RUN_FILE_VERSION,
  type Manifest,
  type Part,
  type PartName,
} from '#shared/run-file/manifest';
import type { Packed, PackQuestion, Unloaded } from '#shared/run-file/transfer';
import { flushFolder, writeFileAtomic } from '../atomic';
import { receiptIn } from '../saved-run';
import { versions } from '../versions';

interface Source {
  name: PartName;
  file: string;
}

const ROWS: readonly PartName[] = ['run.json', 'receipt.json', 'steps.jsonl', 'epochs.jsonl', 'events.jsonl'];
const PIECE_BYTES = 1 << 18;

/** @throws FailureError bad-setting, disk-full, no-permission */
export async function packRuns({ out, replace = false, runs, withModels }: PackQuestion): Promise<Packed> {
  const file = resolve(out);
  if (!replace && existsSync(file)) throw bad(`There is a file ${basename(out)} already. Choose another name.`);
  const sources = runs.map((run) => sourcesOf(run, withModels));
  try {
    writeFileAtomic(file, zipStream(filesOf(sources)));
    await flushFolder(dirname(file));
    const models = sources.filter((parts) => parts.some(({ name }) => name === 'model/weights.bin')).length;
    return { name: basename(file), bytes: (await stat(file)).size, runs: runs.length, models };
  } catch (error) {
    if (error instanceof RangeError) throw bad('These runs have more than 4 GB together. Export fewer at once, or leave their models out.');
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, file));
  }
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

function sourcesOf({ rows, runFolder }: Unloaded, withModel: boolean): Source[] {
  const told = ROWS.map((name) => ({ name, file: join(rows, name) })).filter(({ file }) => existsSync(file));
  if (runFolder === undefined) return told;
  const judged = join(runFolder, 'evaluation');
  const evaluations = (existsSync(judged) ? readdirSync(judged) : []).map((name) => `evaluation/${name}`).filter(isEvaluation);
  return [
    ...told,
    ...evaluations.map((name) => ({ name, file: join(runFolder, name) })),
    ...(withModel && hasModel(runFolder, told)
      ? (['model.json', 'weights.bin'] as const).map((name) => ({ name: `model/${name}` as const, file: join(runFolder, name) }))
      : []),
  ];
}

/** One that the receipt is of: no other is given away. */
function hasModel(runFolder: string, told: readonly Source[]): boolean {
  const isThere = ['model.json', 'weights.bin'].every((name) => existsSync(join(runFolder, name)));
  return isThere && told.some(({ name }) => name === 'receipt.json') && receiptIn(runFolder) !== undefined;
}

function* filesOf(runs: readonly Source[][]): Generator<Zipped> {
  const manifest: Manifest = {
    format: RUN_FILE_FORMAT,
    version: RUN_FILE_VERSION,
    overbatch: versions().overbatch,
    savedAt: new Date().toISOString(),
    runs: runs.map(() => ({ parts: [] })),
  };
  for (const [i, sources] of runs.entries())
    for (const { name, file } of sources) {
      const part: Part = { name, bytes: 0, sha256: '' };
      manifest.runs[i].parts.push(part);
      yield { path: pathOf(i, name), isPacked: !name.endsWith('.bin'), parts: summed(file, part) };
    }
  yield { path: MANIFEST, isPacked: true, parts: [Buffer.from(JSON.stringify(manifest, null, 2))] };
}

/** The file piece by piece; what came through is noted. */
function* summed(file: string, part: Part): Generator<Uint8Array> {
  const hash = createHash('sha256');
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      // A fresh one: the archive's writer may still hold the one before.
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const count = readSync(handle, piece);
      if (count === 0) break;
      const read = piece.subarray(0, count);
      hash.update(read);
      part.bytes += count;
      yield read;
    }
  } finally {
    closeSync(handle);
  }
  part.sha256 = hash.digest('hex');
}
