// Appends samples to a file in large pieces, flushed to the disk while more are made and when it is closed.
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const PIECE_BYTES = 1 << 20;
/** The system keeps gigabytes to itself before it writes; waited for at the end, 600 MB took a fifteenth of an import. */
const FLUSH_BYTES = 64 << 20;

export class SampleFile {
  readonly #piece = Buffer.alloc(PIECE_BYTES);
  #filled = 0;
  #written = 0;
  #unflushed = 0;
  #flushing: Promise<void> | undefined;
  #flushFailure: unknown;

  private constructor(private readonly handle: FileHandle) {}

  /** What lies in it already is written over, unless it is cut behind. */
  static async create(path: string): Promise<SampleFile> {
    return new SampleFile(await open(path, constants.O_RDWR | constants.O_CREAT));
  }

  /** Appends behind so many bytes from now on. */
  async cut(bytes: number): Promise<void> {
    await this.handle.truncate(bytes);
    [this.#written, this.#filled] = [bytes, 0];
  }

  /** Fewer where it ends before. */
  async read(from: number, bytes: number): Promise<Buffer> {
    const into = Buffer.allocUnsafe(bytes);
    let done = 0;
    for (;;) {
      const { bytesRead } = await this.handle.read(into, done, bytes - done, from + done);
      done += bytesRead;
      if (bytesRead === 0 || done === bytes) return into.subarray(0, done);
    }
  }

  /** Appended so far. */
  get bytes(): number {
    return this.#written + this.#filled;
  }

  async append(sample: Uint8Array): Promise<void> {
    for (let from = 0; from < sample.length;) {
      const part = sample.subarray(from, from + PIECE_BYTES - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === PIECE_BYTES) await this.write();
    }
  }

  /** Samples of `size` bytes, by their place in growing order, counted from byte `begin`: what is behind them moves up. */
  async takeOut(places: readonly number[], size: number, begin = 0): Promise<void> {
    if (places.length === 0) return;
    await this.write();
    let to = begin + places[0] * size;
    for (const [i, place] of places.entries()) {
      const end = i + 1 < places.length ? begin + places[i + 1] * size : this.#written;
      for (let from = begin + (place + 1) * size; from < end;) {
        const { bytesRead } = await this.handle.read(this.#piece, 0, Math.min(PIECE_BYTES, end - from), from);
        await this.#writeAt(to, bytesRead);
        from += bytesRead;
        to += bytesRead;
      }
    }
    await this.handle.truncate(to);
    this.#written = to;
  }

  /** Writes the rest and waits until the disk has it. */
  async finish(): Promise<void> {
    await this.write();
    await this.#flushing;
    // A system tells of a lost write once, and then of no other.
    if (this.#flushFailure !== undefined) throw this.#flushFailure;
    await this.handle.sync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Hands what was appended to the system, as far as it still has it here. */
  async write(): Promise<void> {
    await this.#writeAt(this.#written, this.#filled);
    this.#written += this.#filled;
    this.#unflushed += this.#filled;
    this.#filled = 0;
    if (this.#unflushed >= FLUSH_BYTES && !this.#flushing) this.#flush();
  }

  /** So many bytes of the piece. */
  async #writeAt(position: number, bytes: number): Promise<void> {
    for (let from = 0; from < bytes;) {
      const { bytesWritten } = await this.handle.write(this.#piece, from, bytes - from, position + from);
      from += bytesWritten;
    }
  }

  /** Nobody waits for it but the end. */
  #flush(): void {
    this.#unflushed = 0;
    this.#flushing = this.handle.datasync().then(
      () => (this.#flushing = undefined),
      (error: unknown) => void (this.#flushFailure = error),
    );
  }
}

/** Fills files of a folder, down to the disk. They are closed, whatever happens. */
export async function fillFiles<Result>(
  folder: string,
  names: readonly string[],
  fill: (files: SampleFile[]) => Promise<Result>,
): Promise<Result> {
  const files: SampleFile[] = [];
  try {
    for (const name of names) files.push(await SampleFile.create(join(folder, name)));
    const result = await fill(files);
    for (const file of files) await file.finish();
    return result;
  } finally {
    for (const file of files) await file.close();
  }
}
