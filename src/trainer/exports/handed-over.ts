// What was handed to the disk, noted on its way, so that it can be read again and held against it, however large it is.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ExportFile } from '#exports/exporter';
import { FailureError } from '#shared/failure';

const notWhole = (path: string): string =>
  `${path} is not on the disk as it was written, so the export was not kept. Try again; if it fails again, choose another disk.`;

interface Note {
  bytes: number;
  sha256: string;
}

export class HandedOver {
  readonly #notes = new Map<string, Note>();

  /** The content of a file as it is written. @throws where it ends before all of it has come, or goes on behind that */
  *contentOf({ path, bytes, rest, size }: ExportFile): Generator<Uint8Array> {
    const hash = createHash('sha256');
    let count = 0;
    for (const piece of [[bytes], rest?.() ?? []]) {
      for (const part of piece) {
        hash.update(part);
        count += part.byteLength;
        yield part;
      }
    }
    if (size !== undefined && count !== size) throw new Error(`${path} was to have ${size} bytes and came to ${count}`);
    this.#notes.set(path, { bytes: count, sha256: hash.digest('hex') });
  }

  /** How many bytes lie there. @throws where a file is missing or is not what was handed over */
  async readAgain(folder: string): Promise<number> {
    let sum = 0;
    for (const [path, { bytes, sha256 }] of this.#notes) {
      const hash = createHash('sha256');
      for await (const part of createReadStream(join(folder, path))) hash.update(part as Uint8Array);
      if (hash.digest('hex') !== sha256) throw new FailureError({ kind: 'bad-setting', problem: notWhole(path) });
      sum += bytes;
    }
    return sum;
  }
}
