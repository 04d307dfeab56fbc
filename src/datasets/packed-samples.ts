// samples.bin of a version, or its masks.bin: samples by index, from memory when it is small and by range when it is not. Opened at once, without the
// manifest, so that reading threads can have their own.
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { invalid, SAMPLES_FILE } from './version-files';

/** Neighbours are read together up to this. */
const LONGEST_READ_BYTES = 4 << 20;

export interface SamplesPlace {
  /** Of the version. */
  folder: string;
  /** Absent: samples.bin. */
  file?: string;
  count: number;
  sampleBytes: number;
}

export class PackedSamples {
  #file: number | undefined;
  #all: Buffer | undefined;

  /** @throws FailureError dataset-invalid where the file may not be read */
  constructor(
    private readonly place: SamplesPlace,
    /** Smaller files are held in memory from their first read on. */
    private inMemoryBytes: number,
  ) {
    try {
      this.#file = openSync(join(place.folder, place.file ?? SAMPLES_FILE), 'r');
    } catch {
      throw invalid(place.folder, `its ${place.file ?? SAMPLES_FILE} may not be read. Change its permissions.`);
    }
  }

  /** uint8 n × height × width × channels in the order asked for; `into` may be a longer buffer, its start is returned. */
  read(indices: Int32Array | readonly number[], into?: Uint8Array): Uint8Array {
    const { sampleBytes: size, count } = this.place;
    const out = into ? into.subarray(0, indices.length * size) : new Uint8Array(indices.length * size);
    if (out.length < indices.length * size) {
      throw new RangeError(`The buffer holds ${out.length} bytes; ${indices.length} samples need ${indices.length * size}.`);
    }
    for (const index of indices) {
      if (!(index >= 0 && index < count)) throw new RangeError(`Sample ${index} of ${count} does not exist.`);
    }
    if (!this.#all && count * size < this.inMemoryBytes) this.#all = this.#readRange(0, Buffer.alloc(count * size));
    if (this.#all)
      indices.forEach((index: number, place: number) => out.set(this.#all!.subarray(index * size, (index + 1) * size), place * size));
    else this.#readFromDisk(indices, out);
    return out;
  }

  /** Reads by range from now on: others read ahead, and memory is dear. */
  leaveOnDisk(): void {
    this.#all = undefined;
    this.inMemoryBytes = 0;
  }

  close(): void {
    this.#all = undefined;
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #readFromDisk(indices: Int32Array | readonly number[], out: Uint8Array): void {
    const size = this.place.sampleBytes;
    const places = Array.from(indices, (_, place) => place).sort((a, b) => indices[a] - indices[b]);
    const most = Math.max(1, Math.floor(LONGEST_READ_BYTES / size));
    for (let start = 0; start < places.length;) {
      const first = indices[places[start]];
      let end = start + 1;
      while (end < places.length && indices[places[end]] - indices[places[end - 1]] <= 1 && indices[places[end]] - first < most) end++;
      const samples = indices[places[end - 1]] - first + 1;
      if (end === start + 1) {
        // Alone, as most are that are drawn: straight to where it goes.
        this.#readRange(first * size, out.subarray(places[start] * size, (places[start] + 1) * size));
        start = end;
        continue;
      }
      const range = this.#readRange(first * size, Buffer.allocUnsafe(samples * size));
      for (const place of places.slice(start, end)) {
        const from = (indices[place] - first) * size;
        out.set(range.subarray(from, from + size), place * size);
      }
      start = end;
    }
  }

  #readRange<Bytes extends Uint8Array>(position: number, into: Bytes): Bytes {
    const { folder, file = SAMPLES_FILE } = this.place;
    if (this.#file === undefined) throw new Error(`The data set in ${folder} was closed.`);
    for (let done = 0; done < into.length;) {
      const read = readSync(this.#file, into, done, into.length - done, position + done);
      if (read === 0) throw invalid(folder, `its ${file} became shorter. Import the pictures again.`);
      done += read;
    }
    return into;
  }
}
