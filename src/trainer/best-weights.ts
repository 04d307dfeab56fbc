// The weights of the epoch with the lowest validation loss so far, kept beside the checkpoints for whoever finishes early: a file that is
// written at each better epoch and not flushed, so that it costs little. Lost with the power, it is found again by going on.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationWeights } from '#engine/ema';
import type { Learner } from '#engine/learner';
import { BEST_WEIGHTS, checkpointsFolder } from './checkpoint';

const fileOf = (runFolder: string): string => join(checkpointsFolder(runFolder), BEST_WEIGHTS);
const SUM_BYTES = 32;
const STEP_BYTES = 8;

/** What validation used after this step. */
export async function keepBestWeights(runFolder: string, learner: Learner): Promise<void> {
  const parts: Buffer[] = [];
  for (const weight of evaluationWeights(learner.optimizer, learner)) {
    const values = await weight.data();
    parts.push(Buffer.from(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength)));
  }
  const step = Buffer.alloc(STEP_BYTES);
  step.writeBigUInt64LE(BigInt(learner.step));
  const body = Buffer.concat([step, ...parts]);
  const file = fileOf(runFolder);
  mkdirSync(checkpointsFolder(runFolder), { recursive: true });
  writeFileSync(`${file}.unfinished`, Buffer.concat([sumOf(body), body]));
  renameSync(`${file}.unfinished`, file);
}

/** Those of this very step; undefined where the file is of another one, damaged or gone. */
export function readBestWeights(runFolder: string, { network }: Learner, step: number): Float32Array[] | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(fileOf(runFolder));
  } catch {
    return undefined;
  }
  const body = bytes.subarray(SUM_BYTES);
  if (body.length < STEP_BYTES || !sumOf(body).equals(bytes.subarray(0, SUM_BYTES))) return undefined;
  if (body.readBigUInt64LE(0) !== BigInt(step)) return undefined;
  const sizes = network.weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const all = new Float32Array(body.buffer.slice(body.byteOffset + STEP_BYTES, body.byteOffset + body.length));
  let at = 0;
  const weights = sizes.map((size) => all.slice(at, (at += size)));
  return at === all.length ? weights : undefined;
}

export const removeBestWeights = (runFolder: string): void => rmSync(fileOf(runFolder), { force: true });

const sumOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest();
