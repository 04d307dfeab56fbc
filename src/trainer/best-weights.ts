// The weights of the epoch with the lowest validation loss so far, kept beside the checkpoints for whoever finishes early: a file that is
// written at a better epoch and not flushed, so that it costs little. Lost with the power, it is found again by going on.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationWeights } from '#engine/ema';
import type { Learner } from '#engine/learner';
import { failureSentence, toFailure } from '#shared/failure';
import { writeFileAtomic } from './atomic';
import { BEST_WEIGHTS, checkpointsFolder } from './checkpoint';

const fileOf = (runFolder: string): string => join(checkpointsFolder(runFolder), BEST_WEIGHTS);
const SUM_BYTES = 32;
const STEP_BYTES = 8;

/** Most of the time since the last writing that one may take, by the quickest of the last few: a single disturbance is none of its cost. */
const SHARE = 0.02;
/** One that takes less is noticed by nobody, however short the epochs are. */
const UNNOTICED_MS = 20;
const LAST_FEW = 3;

export class BestWeights {
  #costs: number[] = [];
  #writtenAt: number;
  #hasFailed = false;

  constructor(
    private readonly runFolder: string,
    private readonly learner: Learner,
    private readonly now = () => performance.now(),
  ) {
    this.#writtenAt = now();
  }

  /** What validation used after this step. The run does not need them: where they cannot be written, that is answered, once. */
  async keep(): Promise<string | undefined> {
    const from = this.now();
    const cost = this.#costs.length < LAST_FEW ? 0 : Math.min(...this.#costs);
    if (cost > Math.max(UNNOTICED_MS, SHARE * (from - this.#writtenAt))) return undefined;
    try {
      await write(this.runFolder, this.learner);
    } catch (error) {
      if (this.#hasFailed) return undefined;
      this.#hasFailed = true;
      const why = failureSentence(toFailure(error, fileOf(this.runFolder)));
      return `The weights of this best epoch could not be kept for finishing early; the run goes on. ${why}`;
    } finally {
      this.#writtenAt = this.now();
      this.#costs = [...this.#costs, this.#writtenAt - from].slice(-LAST_FEW);
    }
  }
}

async function write(runFolder: string, learner: Learner): Promise<void> {
  const number = Buffer.alloc(STEP_BYTES);
  number.writeBigUInt64LE(BigInt(learner.step));
  const parts: Uint8Array[] = [number];
  for (const weight of evaluationWeights(learner.optimizer, learner)) {
    const values = await weight.data();
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  mkdirSync(checkpointsFolder(runFolder), { recursive: true });
  writeFileAtomic(fileOf(runFolder), [sumOf(...parts), ...parts], { isFlushed: false });
}

/** Those of this very step, from the first of the folders that has them; undefined where all files are of another one, damaged or gone. */
export function readBestWeights(runFolders: readonly string[], learner: Learner, step: number): Float32Array[] | undefined {
  for (const folder of runFolders) {
    const weights = read(fileOf(folder), learner, step);
    if (weights) return weights;
  }
  return undefined;
}

function read(file: string, { network }: Learner, step: number): Float32Array[] | undefined {
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

export const removeBestWeights = (runFolder: string): void => rmSync(fileOf(runFolder), { force: true });

function sumOf(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
