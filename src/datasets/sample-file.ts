// Appends samples to a file in large pieces, flushed to the disk while more are made and when it is closed.
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { requireRoomFor } from './disk-room';

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

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** What lies in it already is written over, unless it is cut behind. */
  static async create(path: string): Promise<SampleFile> {
    return new SampleFile(path, await open(path, constants.O_RDWR | constants.O_CREAT));
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

  /** Few are gathered, many written from where they lie: until then nobody may write over them. */
  async append(...samples: Uint8Array[]): Promise<void> {
    const more = samples.reduce((sum, { length }) => sum + length, 0);
    if (this.#filled + more >= PIECE_BYTES) return this.#hand([this.#piece.subarray(0, this.#filled), ...samples]);
    for (const sample of samples) {
      this.#piece.set(sample, this.#filled);
      this.#filled += sample.length;
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
        await this.#writeAt(to, [this.#piece.subarray(0, bytesRead)]);
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
    if (this.#filled > 0) await this.#hand([this.#piece.subarray(0, this.#filled)]);
  }

  async #hand(parts: readonly Uint8Array[]): Promise<void> {
    requireRoomFor(
      this.path,
      parts.reduce((sum, { length }) => sum + length, 0),
    );
    const bytes = await this.#writeAt(this.#written, parts);
    this.#written += bytes;
    this.#unflushed += bytes;
    this.#filled = 0;
    if (this.#unflushed >= FLUSH_BYTES && !this.#flushing) this.#flush();
  }

  /** Answers how many. */
  async #writeAt(position: number, parts: readonly Uint8Array[]): Promise<number> {
    let done = 0;
    for (let left = [...parts]; left.length > 0;) {
      const { bytesWritten } = await this.handle.writev(left, position + done);
      done += bytesWritten;
      left = behind(left, bytesWritten);
    }
    return done;
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

/** What is left of them without their first bytes. */
function behind(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let before = bytes;
  return parts.flatMap((part) => {
    const left = part.subarray(before);
    before = Math.max(0, before - part.length);
    return left.length > 0 ? [left] : [];
  });
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
