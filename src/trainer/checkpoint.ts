// A place in a run to go on from: weights, optimizer slots (averages among them), step and the epoch's sums, each checkpoint a folder of its
// own, written whole or not at all, every byte of it covered by hash. Kept are the two newest, so that a damaged one costs little, and the best.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot } from '#engine/learner';
import type { Network } from '#engine/network';
import { slotsOf, type Optimizer } from '#engine/optimizers';
import { CHECKPOINTS, checkpointName as nameOf, checkpointStep } from '#shared/checkpoint-place';
import { CHECKPOINT_FORMAT, parseCheckpointHeader, type CheckpointHeader } from '#shared/checkpoint-header';
import { FailureError } from '#shared/failure';
import { writeFolderAtomic } from './atomic';

export type { CheckpointHeader };
export { nameOf };

/** A header and the numbers that belong to it. */
export interface Checkpoint {
  /** Where it lies. */
  folder: string;
  header: CheckpointHeader;
  state: Buffer;
}

const NEWEST_KEPT = 2;
/** Weights of the best epoch so far (best-weights.ts). */
export const BEST_WEIGHTS = 'best-weights.bin';
const HEADER = 'checkpoint.json';
const STATE = 'state.bin';
/** As sha256sum writes and checks it. */
const SUMS = 'SHA256SUMS';

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const sums = (header: string | Uint8Array, ...state: Uint8Array[]): string =>
  `${sha256(header)}  ${HEADER}\n${sha256(...state)}  ${STATE}\n`;
export const checkpointsFolder = (runFolder: string): string => join(runFolder, CHECKPOINTS);

/** Answers the folder written, and when those it takes the place of are gone, which nobody has to wait for. */
export async function saveCheckpoint(
  runFolder: string,
  header: Omit<CheckpointHeader, 'format' | 'step' | 'skipped' | 'lossScale'>,
  snapshot: Snapshot,
): Promise<{ folder: string; cleared: Promise<unknown> }> {
  const parent = checkpointsFolder(runFolder);
  mkdirSync(parent, { recursive: true });
  const state = [...snapshot.weights, ...snapshot.slots.flat()].map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  const { step, skipped, lossScale } = snapshot;
  const name = nameOf(step);
  const folder = join(parent, name);
  const full: CheckpointHeader = { format: CHECKPOINT_FORMAT, ...header, step, skipped, lossScale };
  const text = JSON.stringify(full, null, 1);
  await writeFolderAtomic(folder, { [STATE]: state, [HEADER]: text, [SUMS]: () => sums(text, ...state) });
  // Later ones were damaged and passed over: the run stands here now.
  const names = checkpointNames(runFolder).filter((other) => other <= name);
  const kept = new Set([BEST_WEIGHTS, ...names.slice(-NEWEST_KEPT), ...(header.best ? [nameOf(header.best.step)] : [])]);
  const others = readdirSync(parent).filter((other) => !kept.has(other));
  // One that cannot be removed now is tried again after the next checkpoint.
  return { folder, cleared: Promise.allSettled(others.map((other) => rm(join(parent, other), { recursive: true, force: true }))) };
}

/** A new run in the folder of an earlier one: nobody may go on from a mixture of both. */
export function removeCheckpoints(runFolder: string): void {
  rmSync(checkpointsFolder(runFolder), { recursive: true, force: true });
}

export function checkpointNames(runFolder: string): string[] {
  const parent = checkpointsFolder(runFolder);
  return existsSync(parent)
    ? readdirSync(parent)
        .filter((name) => checkpointStep(name) !== undefined)
        .sort()
    : [];
}

const bad = (path: string, problem: string): FailureError => new FailureError({ kind: 'bad-checkpoint', path, problem });

/** @throws FailureError bad-checkpoint when there is none of that step, or it is not whole */
export const readCheckpoint = (runFolder: string, step: number): Checkpoint => readFolder(join(checkpointsFolder(runFolder), nameOf(step)));

function readFolder(folder: string): Checkpoint {
  let files: [header: Buffer, state: Buffer, written: string];
  try {
    files = [readFileSync(join(folder, HEADER)), readFileSync(join(folder, STATE)), readFileSync(join(folder, SUMS), 'utf8')];
  } catch {
    throw bad(folder, 'one of its files is missing or cannot be read.');
  }
  const [text, state, written] = files;
  if (sums(text, state) !== written) throw bad(folder, 'its contents are damaged.');
  const header = parseCheckpointHeader(JSON.parse(text.toString('utf8')));
  if (!header) throw bad(folder, 'it was written by another version of Overbatch.');
  return { folder, header, state };
}

/**
 * The newest checkpoint that is whole; `onDamaged` hears of each one passed over.
 * @throws FailureError bad-checkpoint when there is none
 */
export function readHeader(runFolder: string, onDamaged: (sentence: string) => void = () => {}): Checkpoint {
  const names = checkpointNames(runFolder).reverse();
  for (const [i, name] of names.entries()) {
    try {
      return readFolder(join(checkpointsFolder(runFolder), name));
    } catch (error) {
      const { message } = error as Error;
      onDamaged(i < names.length - 1 ? `${message} The one before it is tried.` : message);
    }
  }
  throw bad(runFolder, names.length > 0 ? 'none of the saved ones is whole. Start the run again.' : 'no checkpoint was saved there.');
}

/** The learner's numbers, cut as this network and optimizer want them. */
export function readSnapshot(network: Network, optimizer: Optimizer, { folder, header, state }: Checkpoint): Snapshot {
  const all = new Float32Array(state.buffer.slice(state.byteOffset, state.byteOffset + state.byteLength));
  let at = 0;
  const take = (shape: readonly number[]): Float32Array => all.slice(at, (at += shape.reduce((a, b) => a * b, 1)));
  const weights = network.weights.map(({ shape }) => take(shape));
  const slots = network.weights.map((spec) => slotsOf(optimizer, spec).map(() => take(spec.shape)));
  if (at !== all.length) throw bad(folder, 'it belongs to another model.');
  return { weights, slots, step: header.step, skipped: header.skipped, lossScale: header.lossScale };
}
