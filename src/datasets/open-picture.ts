// What is done with the file of one picture, in this thread or in one of its own: read, proven whole, decoded, its content named.
import { createHash } from 'node:crypto';
import type { FileProblem } from '#shared/dataset';
import { contentKey } from './content-hash';
import { decodePixels, proveDecodable, readHeader, type PixelLayout } from './decode-picture';
import { workingBytes, type PictureHeader } from './formats/format';
import { identify, misnamed } from './formats/identify';
import { readWhole } from './sources/read-file';

/** Where it lies on the disk, or what it holds. */
export type FileContent = string | Uint8Array;

export interface PictureJob {
  file: string;
  from: FileContent;
  /** Absent: decode to prove it can be, and keep nothing. */
  layout?: PixelLayout;
}

export interface Opened {
  header: PictureHeader;
  pixels?: Uint8Array;
  /** The name of the pixels' bytes. */
  key?: string;
  /** Of its name; it can be used. */
  problem?: FileProblem;
}

/** Looks after a picture while it is opened. */
export interface Attendant {
  begins(): void;
  /** Does `decode` when there is memory for it. */
  admit<Result>(workingBytes: number, decode: () => Promise<Result>): Promise<Result>;
}

export interface Opener {
  /** @throws PictureError */
  open(job: PictureJob, attendant: Attendant): Promise<Opened>;
  /** The name of a file's content. @throws PictureError */
  hash(from: FileContent): Promise<string>;
}

function bytesOf(from: FileContent): Buffer {
  if (typeof from === 'string') return readWhole(from);
  return Buffer.isBuffer(from) ? from : Buffer.from(from.buffer, from.byteOffset, from.byteLength);
}

/** In this thread, whose decoder has threads of its own. */
export const HERE: Opener = {
  async open({ file, from, layout }, attendant) {
    attendant.begins();
    const bytes = bytesOf(from);
    const header = readHeader(bytes, file);
    const pixels = await attendant.admit(workingBytes(header), async () =>
      layout ? decodePixels(bytes, header, layout) : void (await proveDecodable(bytes, header)),
    );
    return { header, pixels, key: pixels && contentKey(pixels), problem: nameProblem(file, bytes) };
  },
  hash: async (from) => createHash('sha256').update(bytesOf(from)).digest('base64'),
};

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
