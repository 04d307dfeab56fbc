// Features of a data set's samples on disk, beside the samples: float32, one row a sample. Named by everything they depend on, and proven before
// they are used; the newest are kept. What a run that was paused or killed had made of them is gone on with.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, statfsSync, utimesSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PackedSamples } from '#datasets/packed-samples';
import { claimName, deadIn, deadOf, releaseName } from '#datasets/unfinished';
import type { Network } from '#engine/network';
import { lackOfRoom } from '#shared/disk-room';
import { fileBytes, provenRows, RowWriter, type Rows } from './proven-rows';

/** Of all files of features in a data set's folder, the newest excepted. */
const KEPT_BYTES = 2e9;
const WHOLE = /^features-[0-9a-f]{16}\.bin$/;
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

const pathOf = ({ folder, file }: FeaturePlace): string => join(folder, file);
const rowsOf = ({ count, width }: FeaturePlace): Rows => ({ count, rowBytes: 4 * width });

/** Host memory that reading them holds. */
export function heldBytes({ count, width }: FeaturePlace): number {
  const bytes = 4 * count * width;
  return bytes < IN_MEMORY_BYTES ? bytes : 0;
}

/** Files that this process has proven: nobody changes them. */
const proven = new Set<string>();

export function haveFeatures(place: FeaturePlace): boolean {
  const facts = statSync(pathOf(place), { throwIfNoEntry: false });
  if (!facts?.isFile()) return false;
  const key = `${pathOf(place)} ${facts.ino} ${facts.size}`;
  if (!proven.has(key) && provenRows(pathOf(place), rowsOf(place)) === place.count) proven.add(key);
  return proven.has(key);
}

/** Whether they are there or can be written, by trying: permissions alone do not tell. */
export async function canHaveFeatures(place: FeaturePlace): Promise<boolean> {
  try {
    if (haveFeatures(place)) return true;
    if (lackOfRoom({ what: 'run', path: place.folder, neededBytes: fileBytes(rowsOf(place)) }, statfsSync)) return false;
    (await FeatureWriter.begin(place)).end();
    return true;
  } catch {
    return false;
  }
}

export function openFeatures(place: FeaturePlace): PackedSamples {
  const { folder, file, count, width } = place;
  // Only says which were used last: in a folder that may only be read, they are read all the same.
  ifItCan(() => utimesSync(pathOf(place), new Date(), new Date()));
  return new PackedSamples({ folder, file, count, sampleBytes: 4 * width }, IN_MEMORY_BYTES);
}

/** Written under a name of this process, in the order of the samples; `finish` gives it its own. */
export class FeatureWriter {
  #writer: RowWriter | undefined;

  private constructor(
    private readonly place: FeaturePlace,
    private readonly unfinished: string,
  ) {
    this.#writer = new RowWriter(unfinished, rowsOf(place));
  }

  /** Takes over what a process that is no more had made of the same. */
  static async begin(place: FeaturePlace): Promise<FeatureWriter> {
    const unfinished = claimName(pathOf(place));
    try {
      for (const dead of await deadOf(pathOf(place))) {
        if (existsSync(unfinished)) await rm(dead, { recursive: true, force: true });
        else renameSync(dead, unfinished);
      }
      return new FeatureWriter(place, unfinished);
    } catch (error) {
      releaseName(unfinished);
      throw error;
    }
  }

  /** Samples whose features are written. */
  get done(): number {
    return this.#writer?.done ?? this.place.count;
  }

  /** Of the next samples. */
  add(features: Float32Array): void {
    this.#writer!.add(new Uint8Array(features.buffer, features.byteOffset, features.byteLength));
  }

  async finish(): Promise<void> {
    this.#writer!.flush();
    this.#close();
    renameSync(this.unfinished, pathOf(this.place));
    await removeOld(this.place.folder);
  }

  /** What is not finished stays for the next run, where there is something to go on with. */
  end(): void {
    if (!this.#writer) return;
    const stays = this.#writer.isWorthKeeping;
    this.#close();
    if (!stays) rmSync(this.unfinished, { force: true });
  }

  #close(): void {
    this.#writer?.close();
    this.#writer = undefined;
    releaseName(this.unfinished);
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

/** The newest stays, and others as long as all of them take no more than so many bytes. */
export async function removeOld(folder: string, mostBytes = KEPT_BYTES): Promise<void> {
  const whole = (ifItCan(() => readdirSync(folder)) ?? []).filter((name) => WHOLE.test(name));
  const unfinished = (await deadIn(folder).catch(() => [])).filter((name) => name.startsWith('features-'));
  const found = [...whole, ...unfinished].map((name) => ({
    name,
    facts: ifItCan(() => statSync(join(folder, name))),
  }));
  const newestFirst = found.filter(({ facts }) => facts).sort((a, b) => b.facts!.mtimeMs - a.facts!.mtimeMs);
  let bytes = 0;
  for (const [i, { name, facts }] of newestFirst.entries()) {
    bytes += facts!.size;
    if (i > 0 && bytes > mostBytes) ifItCan(() => rmSync(join(folder, name), { force: true }));
  }
}
