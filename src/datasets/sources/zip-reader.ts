// What yauzl reads an archive through: a file that stays ours to close, and a directory read in large pieces instead of many small ones.
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

const AHEAD_BYTES = 1 << 16;
const PIECE_BYTES = 1 << 18;

type Done = (error: Error | null, bytesRead?: number) => void;

export class ZipReader extends RandomAccessReader {
  /** While neighbours are read one after another. */
  #ahead: { at: number; bytes: Buffer } | undefined = { at: 0, bytes: Buffer.alloc(0) };

  constructor(private readonly file: FileHandle) {
    super();
  }

  /** The directory is read: from now on reads are far apart. */
  stopReadingAhead(): void {
    this.#ahead = undefined;
  }

  override read(into: Buffer, offset: number, length: number, position: number, done: Done): void {
    this.#read(into, offset, length, position).then((bytesRead) => done(null, bytesRead), done);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // A stream of the file's own would close it when it is destroyed.
    return Readable.from(this.#pieces(start, end));
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const length = Math.min(PIECE_BYTES, end - at);
      const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(length), 0, length, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  async #read(into: Buffer, offset: number, length: number, position: number): Promise<number> {
    if (!this.#ahead || length > AHEAD_BYTES) return (await this.file.read(into, offset, length, position)).bytesRead;
    const { at, bytes } = this.#ahead;
    if (position < at || position + length > at + bytes.length) {
      const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(AHEAD_BYTES), 0, AHEAD_BYTES, position);
      this.#ahead = { at: position, bytes: buffer.subarray(0, bytesRead) };
    }
    const from = position - this.#ahead.at;
    return this.#ahead.bytes.copy(into, offset, from, from + length);
  }
}
