// Features of a data set's samples on disk, beside the samples: float32, one row a sample, whole or not there. Named by everything they depend
// on; the newest few are kept.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PackedSamples } from '#datasets/packed-samples';
import { isRunning } from '#datasets/unfinished';
import type { Network } from '#engine/network';

/** Files kept in a data set's folder. */
const KEPT = 2;
const WHOLE = /^features-[0-9a-f]{16}\.bin$/;
const UNFINISHED = /^features-[0-9a-f]{16}\.bin\.(\d+)\.unfinished$/;
/** Smaller ones are held in memory. */
export const IN_MEMORY_BYTES = 64e6;

/**
 * @param frozen the part that makes the features
 * @param weights of the whole network; what the part does not have is not looked at
 */
export function featureFileName(frozen: Network, weights: readonly Float32Array[], contentHash: string, engine: string): string {
  const { inputShape, inputScale, nodes } = frozen;
  const hash = createHash('sha256');
  const layers = nodes.map(({ layer, inputs }) => [layer.className, layer.config, inputs]);
  hash.update(JSON.stringify({ contentHash, engine, inputShape, inputScale, layers }));
  for (const { layer, firstWeight } of nodes)
    for (const values of weights.slice(firstWeight, firstWeight + layer.weights.length))
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return `features-${hash.digest('hex').slice(0, 16)}.bin`;
}

export interface FeaturePlace {
  /** Of the data set's version. */
  folder: string;
  file: string;
  count: number;
  /** Numbers of one sample. */
  width: number;
}

const bytesOf = ({ count, width }: FeaturePlace): number => 4 * count * width;

/** Host memory that reading them holds. */
export const heldBytes = (place: FeaturePlace): number => (bytesOf(place) < IN_MEMORY_BYTES ? bytesOf(place) : 0);

export function haveFeatures(place: FeaturePlace): boolean {
  const path = join(place.folder, place.file);
  return existsSync(path) && statSync(path).size === bytesOf(place);
}

export function openFeatures(place: FeaturePlace): PackedSamples {
  const { folder, file, count, width } = place;
  const now = new Date();
  utimesSync(join(folder, file), now, now);
  return new PackedSamples({ folder, file, count, sampleBytes: 4 * width }, IN_MEMORY_BYTES);
}

/** Written under another name, in the order of the samples; `finish` gives it its own. */
export class FeatureWriter {
  readonly #unfinished: string;
  #file: number | undefined;

  constructor(private readonly place: FeaturePlace) {
    this.#unfinished = join(place.folder, `${place.file}.${process.pid}.unfinished`);
    removeKilled(place.folder);
    this.#file = openSync(this.#unfinished, 'w');
  }

  /** From the first sample again. */
  add(features: Float32Array, firstSample: number): void {
    const bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
    const from = 4 * this.place.width * firstSample;
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file!, bytes, at, bytes.length - at, from + at);
  }

  finish(): void {
    // What is there under its name is taken as it is.
    fsyncSync(this.#file!);
    this.#close();
    renameSync(this.#unfinished, join(this.place.folder, this.place.file));
    removeOld(this.place.folder);
  }

  /** What is not finished goes. */
  end(): void {
    this.#close();
    rmSync(this.#unfinished, { force: true });
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** What processes that were killed left; those that are still writing are left alone. */
function removeKilled(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = UNFINISHED.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) rmSync(join(folder, name), { force: true });
  }
}

function removeOld(folder: string): void {
  const changed = (name: string): number => statSync(join(folder, name)).mtimeMs;
  const newestFirst = readdirSync(folder)
    .filter((name) => WHOLE.test(name))
    .sort((a, b) => changed(b) - changed(a));
  for (const name of newestFirst.slice(KEPT)) rmSync(join(folder, name), { force: true });
}
