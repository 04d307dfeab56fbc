// Appends samples to a file in large pieces, flushed to the disk while more are made and when it is closed.
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const PIECE_BYTES = 1 << 20;
/** The system keeps gigabytes to itself before it writes; waited for at the end, 600 MB took a fifteenth of an import. */
const FLUSH_BYTES = 64 << 20;

export class SampleFile {
  readonly #piece = Buffer.alloc(PIECE_BYTES);
  #filled = 0;
  #unflushed = 0;
  #flushing: Promise<void> | undefined;
  #flushFailure: unknown;

  private constructor(private readonly handle: FileHandle) {}

  static async create(path: string): Promise<SampleFile> {
    return new SampleFile(await open(path, 'w'));
  }

  async append(sample: Uint8Array): Promise<void> {
    for (let from = 0; from < sample.length;) {
      const part = sample.subarray(from, from + PIECE_BYTES - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === PIECE_BYTES) await this.#write();
    }
  }

  /** Writes the rest and waits until the disk has it. */
  async finish(): Promise<void> {
    await this.#write();
    await this.#flushing;
    // A system tells of a lost write once, and then of no other.
    if (this.#flushFailure !== undefined) throw this.#flushFailure;
    await this.handle.sync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async #write(): Promise<void> {
    for (let from = 0; from < this.#filled;) {
      const { bytesWritten } = await this.handle.write(this.#piece, from, this.#filled - from);
      from += bytesWritten;
    }
    this.#unflushed += this.#filled;
    this.#filled = 0;
    if (this.#unflushed >= FLUSH_BYTES && !this.#flushing) this.#flush();
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
