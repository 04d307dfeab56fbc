// Appends samples to a file in large pieces, flushed to the disk when it is closed.
import { open, type FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 1 << 20;

export class SampleFile {
  readonly #piece = Buffer.alloc(PIECE_BYTES);
  #filled = 0;

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
    this.#filled = 0;
  }
}
