// Features of a data set's samples on disk, beside the samples: float32, one row a sample, whole or not there. Named by everything they depend
// on; the newest few are kept.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, statfsSync, utimesSync, writeSync } from 'node:fs';
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
  return statSync(join(place.folder, place.file), { throwIfNoEntry: false })?.size === bytesOf(place);
}

/** Whether they are there or can be written, by trying: permissions alone do not tell. */
export function canHaveFeatures(place: FeaturePlace): boolean {
  try {
    if (haveFeatures(place)) return true;
    new FeatureWriter(place).end();
    const { bavail, bsize } = statfsSync(place.folder);
    return bavail * bsize > bytesOf(place);
  } catch {
    return false;
  }
}

export function openFeatures(place: FeaturePlace): PackedSamples {
  const { folder, file, count, width } = place;
  // Only says which were used last: in a folder that may only be read, they are read all the same.
  ifItCan(() => utimesSync(join(folder, file), new Date(), new Date()));
  return new PackedSamples({ folder, file, count, sampleBytes: 4 * width }, IN_MEMORY_BYTES);
}

/** Written under another name, in the order of the samples; `finish` gives it its own. */
export class FeatureWriter {
  readonly #unfinished: string;
  #file: number | undefined;

  constructor(private readonly place: FeaturePlace) {
    this.#unfinished = join(place.folder, `${place.file}.${process.pid}.unfinished`);
    ifItCan(() => removeKilled(place.folder));
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

/** For tidying up beside others that may do the same: what is gone, or not ours to touch, hinders no run. */
function ifItCan<T>(tidy: () => T): T | undefined {
  try {
    return tidy();
  } catch {
    return undefined;
  }
}

const remove = (folder: string, name: string): void => ifItCan(() => rmSync(join(folder, name), { force: true }));

/** What processes that were killed left; those that are still writing are left alone. */
function removeKilled(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = UNFINISHED.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) remove(folder, name);
  }
}

function removeOld(folder: string): void {
  const whole = (ifItCan(() => readdirSync(folder)) ?? []).filter((name) => WHOLE.test(name));
  const changed = whole.map((name) => ({ name, at: ifItCan(() => statSync(join(folder, name)).mtimeMs) }));
  const newestFirst = changed.filter(({ at }) => at !== undefined).sort((a, b) => b.at! - a.at!);
  for (const { name } of newestFirst.slice(KEPT)) remove(folder, name);
}
