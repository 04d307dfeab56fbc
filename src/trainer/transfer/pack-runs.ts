// Runs into one file for another computer: their rows as the history has written them down, what their models said of their samples, and
// the models where they are wanted. Every part's sum stands in the list at its end.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, statfsSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { zipStream, type Zipped } from '#exports/zip-stream';
import { requireRoom } from '#shared/disk-room';
import { FailureError, toFailure } from '#shared/failure';
import {
  isEvaluation,
  MANIFEST,
  MOST_MANIFEST_BYTES,
  mostBytes,
  parseManifest,
  pathOf,
  RUN_FILE_FORMAT,
  RUN_FILE_VERSION,
  type Manifest,
  type Part,
  type PartName,
} from '#shared/run-file/manifest';
import { ROWS_NAMES } from '#shared/run-file/record';
import type { Packed, PackQuestion, Unloaded } from '#shared/run-file/transfer';
import { flushFolder, writeFileAtomic } from '../atomic';
import { versions } from '../versions';
import { readTold, type Told } from './read-told';
import { RowsReader } from './rows-reader';

interface Source {
  name: PartName;
  file: string;
}

interface Run extends Told {
  parts: Source[];
}

const ROWS: readonly PartName[] = ['run.json', 'receipt.json', 'steps.jsonl', 'epochs.jsonl', 'events.jsonl'];
const MODEL = ['model.json', 'weights.bin'] as const;
const PIECE_BYTES = 1 << 18;

/** @throws FailureError bad-setting also where a run is none that an import takes, disk-full, no-permission */
export async function packRuns({ out, replace = false, runs, withModels }: PackQuestion): Promise<Packed> {
  const file = resolve(out);
  if (!replace && existsSync(file)) throw bad(`There is a file ${basename(out)} already. Choose another name.`);
  const sources = runs.map((run) => sourcesOf(run, withModels));
  const all = sources.flatMap(({ parts }) => parts.map((part) => statSync(part.file, { throwIfNoEntry: false })?.size ?? 0));
  // Their rows come to less, packed.
  requireRoom({ what: 'export', path: dirname(file), neededBytes: all.reduce((sum, bytes) => sum + bytes, 0) }, statfsSync);
  try {
    writeFileAtomic(file, zipStream(filesOf(sources)));
    await flushFolder(dirname(file));
    const models = sources.filter(({ parts }) => parts.some(({ name }) => name === 'model/weights.bin')).length;
    return { name: basename(file), bytes: (await stat(file)).size, runs: runs.length, models };
  } catch (error) {
    if (error instanceof RangeError) throw bad('These runs have more than 4 GB together. Export fewer at once, or leave their models out.');
    throw error instanceof FailureError ? error : new FailureError(toFailure(error, file));
  }
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

function sourcesOf(run: Unloaded, withModels: boolean): Run {
  const told = readTold(run.rows);
  const parts = ROWS.map((name) => ({ name, file: join(run.rows, name) })).filter(({ file }) => existsSync(file));
  const { runFolder } = run;
  if (runFolder === undefined) return { ...told, parts };
  const judged = join(runFolder, 'evaluation');
  const evaluations = (existsSync(judged) ? readdirSync(judged) : []).map((name) => `evaluation/${name}`).filter(isEvaluation);
  const isWanted = withModels && run.hasModel && told.receipt && MODEL.every((name) => existsSync(join(runFolder, name)));
  const model = isWanted ? MODEL.map((name) => ({ name: `model/${name}` as const, file: join(runFolder, name) })) : [];
  return { ...told, parts: [...parts, ...evaluations.map((name) => ({ name, file: join(runFolder, name) })), ...model] };
}

function* filesOf(runs: readonly Run[]): Generator<Zipped> {
  const manifest: Manifest = {
    format: RUN_FILE_FORMAT,
    version: RUN_FILE_VERSION,
    overbatch: versions().overbatch,
    savedAt: new Date().toISOString(),
    runs: runs.map(() => ({ parts: [] })),
  };
  for (const [i, { parts, name: run, receipt }] of runs.entries())
    for (const { name, file } of parts) {
      const part: Part = { name, bytes: 0, sha256: '' };
      manifest.runs[i].parts.push(part);
      yield { path: pathOf(i, name), isPacked: !name.endsWith('.bin'), parts: summed(file, part, () => unlike(run, name)) };
      if (part.bytes > mostBytes(name)) throw unlike(run, name);
      if (name === 'model/weights.bin' && (receipt?.weights ?? part.sha256) !== part.sha256) throw otherWeights(run);
    }
  const list = JSON.stringify(manifest, null, 2);
  const read = parseManifest(list);
  if ('problem' in read || list.length > MOST_MANIFEST_BYTES)
    throw bad('These runs have too many parts for one file. Export fewer at once.');
  yield { path: MANIFEST, isPacked: true, parts: [Buffer.from(list)] };
}

const unlike = (run: string, part: PartName): FailureError =>
  bad(`"${run}" cannot be exported: its ${part} is not what a file of runs can hold. Export the others without it.`);
const otherWeights = (run: string): FailureError =>
  bad(`"${run}" cannot be exported: its weights are not those that its receipt is of. Wait until it is saved, or leave models out.`);

/** The file piece by piece, rows held against what an import asks of them; what came through is noted. */
function* summed(file: string, part: Part, refuse: () => FailureError): Generator<Uint8Array> {
  const rows = ROWS_NAMES.find((name) => name === part.name);
  const reader = rows && new RowsReader(rows, refuse);
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
      reader?.take(read);
      part.bytes += count;
      yield read;
    }
  } finally {
    closeSync(handle);
  }
  reader?.end();
  part.sha256 = hash.digest('hex');
}
