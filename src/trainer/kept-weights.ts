// The weights of a model that could be saved, in a file beside the checkpoints: named by the step they are of and proven by hash.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '#engine/network';
import type { KeptModel } from '#shared/run-event';
import { writeFileAtomic } from './atomic';
import { BEST_WEIGHTS, checkpointsFolder } from './checkpoint';

const FILES: Record<KeptModel['of'], string> = { 'best epoch': BEST_WEIGHTS, 'last step': 'last-weights.bin' };
const SUM_BYTES = 32;
const STEP_BYTES = 8;

const fileOf = (runFolder: string, of: KeptModel['of']): string => join(checkpointsFolder(runFolder), FILES[of]);

type Kept = Pick<KeptModel, 'of' | 'step'>;

/** Not flushed, so that it costs little: a reader sees whether it is whole. */
export function writeKept(runFolder: string, { of, step }: Kept, weights: readonly Float32Array[]): void {
  const number = Buffer.alloc(STEP_BYTES);
  number.writeBigUInt64LE(BigInt(step));
  const parts = [number, ...weights.map((values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength))];
  mkdirSync(checkpointsFolder(runFolder), { recursive: true });
  writeFileAtomic(fileOf(runFolder, of), [sumOf(...parts), ...parts], { isFlushed: false });
}

/** So that it outlasts the power, too. */
export function flushKept(runFolder: string, of: KeptModel['of']): void {
  const handle = openSync(fileOf(runFolder, of), 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Those of this very step, from the first of the folders that has them; undefined where all files are of another one, damaged or gone. */
export function readKept(runFolders: readonly string[], { of, step }: Kept, network: Network): Float32Array[] | undefined {
  for (const folder of runFolders) {
    const weights = read(fileOf(folder, of), network, step);
    if (weights) return weights;
  }
  return undefined;
}

function read(file: string, network: Network, step: number): Float32Array[] | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
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

/** What cannot be removed is in nobody's way: it is of another step, and is not read. */
export function removeKept(runFolder: string, of: KeptModel['of']): void {
  try {
    rmSync(fileOf(runFolder, of), { force: true });
  } catch {
    return;
  }
}

function sumOf(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
