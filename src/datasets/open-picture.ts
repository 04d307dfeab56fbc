// What is done with the files of pictures, in this thread or in one of its own: read, proven whole, decoded, their content named.
import { createHash } from 'node:crypto';
import type { FileProblem } from '#shared/dataset';
import { contentKey } from './content-hash';
import { decodePixels, proveDecodable, readHeader, type PixelLayout } from './decode-picture';
import { workingBytes, type PictureHeader } from './formats/format';
import { identify, misnamed } from './formats/identify';
import { PictureError } from './picture-error';
import { readWhole } from './sources/read-file';

/** Where it lies on the disk, or what it holds. */
export type FileContent = string | Uint8Array;

export interface PictureJob {
  file: string;
  from: FileContent;
  /** Absent: decode to prove it can be, and keep nothing. */
  layout?: PixelLayout;
  /** Names its content, too. */
  named: boolean;
}

export interface Opened {
  header: PictureHeader;
  pixels?: Uint8Array;
  /** The name of the pixels' bytes. */
  key?: string;
  /** The name of its file's bytes, where that was asked for. */
  content?: string;
  /** Of its name; it can be used. */
  problem?: FileProblem;
  /** Of the file it was read from. */
  stamp?: string;
}

/** Of one that cannot be used. */
export interface Refused {
  refused: PictureError;
  stamp?: string;
}

/** Looks after pictures while they are opened. */
export interface Attendant {
  begins(): void;
  /** Memory for pixels that are kept; absent: wherever. */
  room?(bytes: number): Uint8Array;
  /** Does `decode` when there is memory for it. */
  admit<Result>(workingBytes: number, decode: () => Promise<Result>): Promise<Result>;
}

/** Both take several at once, because each word between threads costs as much as a tenth of a small picture. */
export interface Opener {
  open(jobs: readonly PictureJob[], attendant: Attendant): Promise<(Opened | Refused)[]>;
  /** There will soon be something to open. */
  prepare?(): void;
  /** Takes memory that held pixels, which nobody looks at any more. */
  reuse?(memory: ArrayBuffer): void;
}

function bytesOf(from: FileContent): { bytes: Buffer; stamp?: string } {
  if (typeof from === 'string') return readWhole(from);
  return { bytes: Buffer.isBuffer(from) ? from : Buffer.from(from.buffer, from.byteOffset, from.byteLength) };
}

/** In this thread, whose decoder has threads of its own. */
export const HERE: Opener = {
  async open(jobs, attendant) {
    const opened: (Opened | Refused)[] = [];
    for (const job of jobs) {
      attendant.begins();
      let stamp: string | undefined;
      try {
        const content = bytesOf(job.from);
        stamp = content.stamp;
        opened.push(await openOne(content.bytes, stamp, job, attendant));
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        opened.push({ refused: error, stamp });
      }
    }
    return opened;
  },
};

async function openOne(
  bytes: Buffer,
  stamp: string | undefined,
  { file, layout, named }: PictureJob,
  attendant: Attendant,
): Promise<Opened> {
  const header = readHeader(bytes, file);
  const pixels = await attendant.admit(workingBytes(header), async () =>
    layout
      ? decodePixels(bytes, header, layout, attendant.room?.(layout.width * layout.height * layout.channels))
      : void (await proveDecodable(bytes, header)),
  );
  return {
    // What mends its edge is as long as its sides, and nobody else's.
    header: header.edge ? { ...header, edge: undefined } : header,
    pixels,
    key: pixels && contentKey(pixels),
    content: named ? nameOfContent(bytes) : undefined,
    problem: nameProblem(file, bytes),
    stamp,
  };
}

/** A file's bytes as a short name. */
export const nameOfContent = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

function nameProblem(file: string, bytes: Buffer): FileProblem | undefined {
  const format = identify(bytes, file);
  if (!misnamed(file, format)) return undefined;
  return {
    file,
    kind: 'wrong-extension',
    message: `This is a ${format.name} picture, whatever its name says. It is used; rename it to end in ${format.extensions[0]} to avoid confusion.`,
    severity: 'warning',
  };
}
