// One file of numbers in a source, read forwards from any place: an array is never held whole, and gzip is undone on the way.
import { locale } from '#shared/language';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { formatBytes } from '#shared/bytes';
import { FailureError } from '#shared/failure';
import { isBomb } from '../bomb';
import { cutOff, damaged, PictureError } from '../picture-error';
import type { FileEntry, Source } from '../sources/source';
import { throwIfCancelled } from '../watch';

export class ArrayFile {
  #pieces: AsyncIterator<Buffer> | undefined;
  #stream: Readable | undefined;
  #at = 0;
  #piece: Buffer = Buffer.alloc(0);
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly source: Source,
    readonly entry: FileEntry,
    readonly gzipped: boolean,
    /** Of the file on the disk, before anything of it was read. */
    readonly stamp: string | undefined,
  ) {}

  static async open(source: Source, entry: FileEntry): Promise<ArrayFile> {
    const stamp = await source.stamp(entry.path);
    const plain = new ArrayFile(source, entry, false, stamp);
    const start = entry.bytes < 2 ? Buffer.alloc(2) : await plain.read(0, 2);
    await plain.close();
    return new ArrayFile(source, entry, start[0] === 0x1f && start[1] === 0x8b, stamp);
  }

  /** `length` bytes from `at`; quick where `at` only grows, from the beginning again where it does not. @throws PictureError truncated, unreadable */
  read(at: number, length: number): Promise<Buffer> {
    const turn = this.#turn.then(() => this.#read(at, length));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Every byte once, at most `most` of them. @throws PictureError, FailureError cancelled */
  async *pieces(most: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
    const stream = await this.#openStream();
    try {
      let left = most;
      for await (const piece of this.#bounded(stream)) {
        throwIfCancelled(signal);
        yield piece.subarray(0, left);
        left -= Math.min(left, piece.length);
        if (left === 0) return;
      }
    } catch (error) {
      throw named(error);
    } finally {
      stream.destroy();
    }
  }

  /** That its content is exactly as long as its header says, read to its end unless its size on the disk says so. @throws FailureError dataset-invalid */
  async proveLength(expected: number, signal?: AbortSignal, look: (piece: Buffer, at: number) => void = () => undefined): Promise<void> {
    let found = 0;
    for await (const piece of this.proven(this.pieces(expected + 1, signal))) {
      look(piece, found);
      found += piece.length;
    }
    if (found < expected)
      throw this.refused(
        `its header declares ${expected.toLocaleString(locale)} bytes and it holds ${found.toLocaleString(locale)}: it is cut off. Download or copy it again.`,
      );
    if (found > expected)
      throw this.refused(
        `it holds more than the ${expected.toLocaleString(locale)} bytes that its header declares, so it is not what it seems. Download or make it again.`,
      );
  }

  /** Whatever goes wrong while reading is said of this file. */
  async *proven<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
    try {
      yield* pieces;
    } catch (error) {
      throw error instanceof PictureError ? this.refused(lowered(error.message)) : error;
    }
  }

  refused(problem: string): FailureError {
    return new FailureError({ kind: 'dataset-invalid', path: this.entry.path, problem });
  }

  async close(): Promise<void> {
    this.#stream?.destroy();
    this.#stream = undefined;
    this.#pieces = undefined;
  }

  async #read(at: number, length: number): Promise<Buffer> {
    try {
      if (!this.#pieces || at < this.#at) await this.#restart();
      const out = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length;) {
        const skipped = Math.min(at + filled - this.#at, this.#piece.length);
        this.#take(skipped);
        if (this.#piece.length === 0) {
          await this.#next();
          continue;
        }
        const part = this.#piece.subarray(0, length - filled);
        out.set(part, filled);
        filled += part.length;
        this.#take(part.length);
      }
      return out;
    } catch (error) {
      await this.close();
      throw named(error);
    }
  }

  #take(bytes: number): void {
    this.#piece = this.#piece.subarray(bytes);
    this.#at += bytes;
  }

  async #next(): Promise<void> {
    const { value, done } = await this.#pieces!.next();
    if (done) throw cutOff();
    this.#piece = value;
  }

  async #restart(): Promise<void> {
    await this.close();
    this.#stream = await this.#openStream();
    this.#pieces = this.#bounded(this.#stream);
    this.#at = 0;
    this.#piece = Buffer.alloc(0);
  }

  async *#bounded(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let found = 0;
    for await (const piece of stream) {
      found += piece.length;
      if (this.gzipped && isBomb(this.entry.bytes, found)) {
        throw new PictureError(
          'too-large',
          `Its ${formatBytes(this.entry.bytes)} unpack to more than ${formatBytes(found)}, as in a file made to do harm. Unpack it yourself if you trust it.`,
        );
      }
      yield piece;
    }
  }

  async #openStream(): Promise<Readable> {
    const stream = await this.source.stream(this.entry.path);
    if (!this.gzipped) return stream;
    const gunzip = createGunzip({ chunkSize: 1 << 17 });
    stream.on('error', (error) => gunzip.destroy(error));
    gunzip.on('close', () => stream.destroy());
    return stream.pipe(gunzip);
  }
}

function named(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return cutOff();
  return code.startsWith('Z_')
    ? damaged('its compressed data cannot be read')
    : code
      ? new PictureError('unreadable', 'The file cannot be read. Check its permissions and the disk.')
      : error;
}

const lowered = (text: string) => text[0].toLowerCase() + text.slice(1);
