// Runs of one computer's history as a file, and another computer that takes it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { Loaded, Unloaded } from '#shared/run-file/transfer';
import type { Database } from '#store/database';
import { foldersIn, type Folders } from '#store/location';
import { openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { markRuns } from '#store/run-marks';
import { createRun, saveReceipt } from '#store/runs';
import { loadRuns } from '#store/transfer/load-runs';
import { unloadRun } from '#store/transfer/unload-run';
import { packRuns } from '#trainer/transfer/pack-runs';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { onTestFinished } from 'vitest';
import { epochEvent, finished, plan, progress, started, step } from '#test/store/samples';
import { temporaryFolder } from './temporary-folder';

export interface Computer {
  db: Database;
  folders: Folders;
}

export function computer(): Computer {
  const folders = foldersIn(temporaryFolder());
  mkdirSync(folders.runs);
  const db = openStore(folders.database);
  onTestFinished(() => db.close());
  return { db, folders };
}

/** SHA-256 of the eight bytes that stand for its weights. */
const WEIGHTS = 'd80bf5a44fbf2ecc58eddd6b7ca94f8f8ecd8ae9f0fdd1f4fcc63daa0b3cb8a5';

export const receipt: Receipt = {
  format: 1,
  spec: DEFAULT_SPEC,
  plan,
  engine: started.engine,
  versions: { overbatch: '0.1.0', tfjs: '4.22.0', node: '20.19.0' },
  machine: { system: 'linux x64', processor: 'A processor', threads: 2, memoryBytes: 8e9 },
  dataset: started.dataset,
  parameters: 5130,
  batch: 256,
  microBatch: 32,
  pieces: 8,
  budgetBytes: 2e6,
  baselineBytes: 1e4,
  peakBytes: 1.2e6,
  seed: 1,
  reason: 'completed',
  done: { epochs: 1, steps: 6 },
  model: { of: 'last step', epoch: 1, step: 6 },
  final: { train: { loss: 0.2, accuracy: 0.97, samples: 1437 }, validation: { loss: 0.25, accuracy: 0.97, samples: 360 } },
  startedAt: '2026-11-30T10:00:00.000Z',
  finishedAt: '2026-11-30T10:01:00.000Z',
  seconds: 0.7,
};

/** A completed run with its model, as the app leaves it: six steps, the last of which diverged. */
export function trainedRun({ db, folders }: Computer, id: string, spec: RunSpec = DEFAULT_SPEC): void {
  createRun(db, { id, spec, folder: `runs/${id}`, datasetName: 'digits' }, new Date(receipt.startedAt));
  const steps = [1, 2, 3, 4, 5].map((n) => step(n, 1 / 3 ** n));
  const [at, folder] = [new Date(receipt.finishedAt), `runs/${id}`];
  for (const event of [
    { ...started, spec },
    { kind: 'planned', plan } as const,
    progress(...steps, step(6, NaN)),
    epochEvent(1, 6),
    { kind: 'saved', folder } as const,
    finished('completed', 0.7),
  ])
    recordRunEvent(db, id, event, at);
  saveReceipt(db, id, { ...receipt, spec });
  markRuns(db, [id], { addTags: ['paper'], note: 'The best so far.' });
  const place = path.join(folders.runs, id);
  mkdirSync(path.join(place, 'evaluation'), { recursive: true });
  writeFileSync(path.join(place, 'model.json'), '{"layers":[]}');
  writeFileSync(path.join(place, 'weights.bin'), 'weights!');
  writeFileSync(path.join(place, 'receipt.json'), JSON.stringify({ ...receipt, spec }));
  for (const ending of ['json', 'bin'])
    writeFileSync(path.join(place, 'evaluation', `validation-${WEIGHTS.slice(0, 16)}.${ending}`), ending);
}

/** @returns the file */
export async function exported({ db, folders }: Computer, ids: readonly string[], withModels = true): Promise<string> {
  const beside = temporaryFolder();
  const out = path.join(beside, 'some.runs.zip');
  const runs: Unloaded[] = [];
  for (const id of ids) runs.push(await unloadRun({ db, root: folders.root }, id, path.join(beside, id)));
  await packRuns({ out, runs, withModels });
  return out;
}

export async function imported({ db, folders }: Computer, file: string): Promise<Loaded[]> {
  const { runs } = await unpackRuns(file, folders.runs);
  return loadRuns({ db, folders }, runs);
}
