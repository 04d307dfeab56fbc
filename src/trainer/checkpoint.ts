// A place in a run to go on from: weights, optimizer slots, step and the epoch's sums, each checkpoint a folder of its own,
// written whole or not at all. The two newest are kept, so that a damaged one costs little.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '#engine/learner';
import type { Network } from '#engine/network';
import { slotsOf, type Optimizer } from '#engine/optimizers';
import type { Totals } from '#engine/totals';
import { FailureError } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { Metrics, Receipt } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { writeFolderAtomic } from './atomic';

const KEPT = 2;
const FORMAT = 1;

export interface CheckpointHeader {
  format: 1;
  spec: RunSpec;
  plan: Plan;
  datasetHash: string;
  /** Where the data lay, so that a resumption needs only the run. */
  datasetFolder: string;
  step: number;
  /** Steps whose mini-batch weighed nothing; absent: none. */
  skipped?: number;
  epochTotals: Totals;
  /** What the last whole epoch came to: the result, where nothing was done after it. */
  lastEpoch?: { train: Metrics; validation?: Metrics };
  recoveries?: Receipt['recoveries'];
  /** Seconds trained before. */
  seconds: number;
  /** SHA-256 of state.bin. */
  hash: string;
}

const checkpointsFolder = (runFolder: string): string => join(runFolder, 'checkpoints');

/** Answers the folder written. */
export function saveCheckpoint(
  runFolder: string,
  header: Omit<CheckpointHeader, 'format' | 'hash' | 'step' | 'skipped'>,
  snapshot: Snapshot,
): string {
  const parent = checkpointsFolder(runFolder);
  mkdirSync(parent, { recursive: true });
  const state = Buffer.concat(
    [...snapshot.weights, ...snapshot.slots.flat()].map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength)),
  );
  const hash = createHash('sha256').update(state).digest('hex');
  const name = `step-${String(snapshot.step).padStart(9, '0')}`;
  const folder = join(parent, name);
  const full: CheckpointHeader = { format: FORMAT, ...header, step: snapshot.step, skipped: snapshot.skipped, hash };
  writeFolderAtomic(folder, { 'state.bin': state, 'checkpoint.json': JSON.stringify(full, null, 1) });
  const names = checkpointNames(runFolder);
  // Later ones were damaged and passed over: the run stands here now.
  const kept = names.filter((other) => other <= name).slice(-KEPT);
  for (const other of names) if (!kept.includes(other)) rmSync(join(parent, other), { recursive: true, force: true });
  return folder;
}

/** A new run in the folder of an earlier one: nobody may go on from a mixture of both. */
export function removeCheckpoints(runFolder: string): void {
  rmSync(checkpointsFolder(runFolder), { recursive: true, force: true });
}

export function checkpointNames(runFolder: string): string[] {
  const parent = checkpointsFolder(runFolder);
  return existsSync(parent)
    ? readdirSync(parent)
        .filter((name) => /^step-\d+$/.test(name))
        .sort()
    : [];
}

const bad = (path: string, problem: string): FailureError => new FailureError({ kind: 'bad-checkpoint', path, problem });

/**
 * The newest checkpoint that is whole; `onDamaged` hears of each one passed over.
 * @throws FailureError bad-checkpoint when there is none
 */
export function readHeader(
  runFolder: string,
  onDamaged: (sentence: string) => void = () => {},
): { header: CheckpointHeader; state: Buffer } {
  const names = checkpointNames(runFolder).reverse();
  for (const name of names) {
    const folder = join(checkpointsFolder(runFolder), name);
    try {
      const header = JSON.parse(readFileSync(join(folder, 'checkpoint.json'), 'utf8')) as CheckpointHeader;
      const state = readFileSync(join(folder, 'state.bin'));
      if (header.format !== FORMAT) throw bad(folder, 'it was written by another version of Overbatch.');
      if (createHash('sha256').update(state).digest('hex') !== header.hash) throw bad(folder, 'its contents are damaged.');
      return { header, state };
    } catch (error) {
      const why = error instanceof FailureError ? error.message : `The checkpoint in ${folder} cannot be read.`;
      onDamaged(`${why} The one before it is used.`);
    }
  }
  throw bad(runFolder, names.length > 0 ? 'none of the saved ones is whole. Start the run again.' : 'no checkpoint was saved there.');
}

/** The learner's numbers, cut as this network and optimizer want them. */
export function readSnapshot(
  network: Network,
  optimizer: Optimizer,
  { header, state }: { header: CheckpointHeader; state: Buffer },
): Snapshot {
  const all = new Float32Array(state.buffer.slice(state.byteOffset, state.byteOffset + state.byteLength));
  let at = 0;
  const take = (shape: readonly number[]): Float32Array => all.slice(at, (at += shape.reduce((a, b) => a * b, 1)));
  const weights = network.weights.map(({ shape }) => take(shape));
  const slots = network.weights.map((spec) => slotsOf(optimizer, spec).map(() => take(spec.shape)));
  if (at !== all.length) throw bad('the run', 'it belongs to another model.');
  return { weights, slots, step: header.step, skipped: header.skipped };
}
