// Reads an imported version: its manifest, and samples by index, from memory when it is small and by range when it is not.
import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '#shared/dataset';
import { invalid, readManifest, sampleBytes, SAMPLES_FILE } from './manifest';

/** Below this the samples are held in memory: a mini-batch is then a copy. */
const IN_MEMORY_BYTES = 256e6;
/** Neighbours are read together up to this. */
const LONGEST_READ_BYTES = 4 << 20;

export class PackedDataset {
  #file: number | undefined;
  readonly #sampleBytes: number;
  readonly #all: Buffer | undefined;

  /** `file` is open for reading and becomes this object's. */
  constructor(
    readonly folder: string,
    readonly manifest: DatasetManifest,
    file: number,
    inMemoryBytes = IN_MEMORY_BYTES,
  ) {
    this.#file = file;
    this.#sampleBytes = sampleBytes(manifest);
    const bytes = manifest.count * this.#sampleBytes;
    if (bytes < inMemoryBytes) this.#all = this.#readRange(0, Buffer.alloc(bytes));
  }

  /** uint8 n × height × width × channels in the order asked for; `into` may be a longer buffer, its start is returned. */
  read(indices: Int32Array | readonly number[], into?: Uint8Array): Uint8Array {
    const size = this.#sampleBytes;
    const out = into ? into.subarray(0, indices.length * size) : new Uint8Array(indices.length * size);
    if (out.length < indices.length * size) {
      throw new RangeError(`The buffer holds ${out.length} bytes; ${indices.length} samples need ${indices.length * size}.`);
    }
    for (const index of indices) {
      if (!(index >= 0 && index < this.manifest.count)) throw new RangeError(`Sample ${index} of ${this.manifest.count} does not exist.`);
    }
    if (this.#all)
      indices.forEach((index: number, place: number) => out.set(this.#all!.subarray(index * size, (index + 1) * size), place * size));
    else this.#readFromDisk(indices, out);
    return out;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #readFromDisk(indices: Int32Array | readonly number[], out: Uint8Array): void {
    const size = this.#sampleBytes;
    const places = Array.from(indices, (_, place) => place).sort((a, b) => indices[a] - indices[b]);
    const most = Math.max(1, Math.floor(LONGEST_READ_BYTES / size));
    for (let start = 0; start < places.length;) {
      const first = indices[places[start]];
      let end = start + 1;
      while (end < places.length && indices[places[end]] - indices[places[end - 1]] <= 1 && indices[places[end]] - first < most) end++;
      const samples = indices[places[end - 1]] - first + 1;
      const range = this.#readRange(first * size, Buffer.allocUnsafe(samples * size));
      for (const place of places.slice(start, end)) {
        const from = (indices[place] - first) * size;
        out.set(range.subarray(from, from + size), place * size);
      }
      start = end;
    }
  }

  #readRange(position: number, into: Buffer): Buffer {
    if (this.#file === undefined) throw new Error(`The data set in ${this.folder} was closed.`);
    for (let done = 0; done < into.length;) {
      const read = readSync(this.#file, into, done, into.length - done, position + done);
      if (read === 0) throw invalid(this.folder, 'its samples.bin became shorter. Import the pictures again.');
      done += read;
    }
    return into;
  }
}

/** Manifest and size are verified; `verifyDataset` compares every byte. @throws FailureError dataset-missing, dataset-invalid */
export async function openDataset(folder: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedDataset> {
  const manifest = await readManifest(folder);
  const path = join(folder, SAMPLES_FILE);
  const expected = manifest.count * sampleBytes(manifest);
  const found = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
  if (found === undefined) throw invalid(folder, 'its samples.bin is missing. Import the pictures again.');
  if (found !== expected) throw invalid(folder, `its samples.bin has ${found} bytes instead of ${expected}. Import the pictures again.`);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    throw invalid(folder, 'its samples.bin may not be read. Change its permissions.');
  }
  try {
    return new PackedDataset(folder, manifest, file, inMemoryBytes);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
