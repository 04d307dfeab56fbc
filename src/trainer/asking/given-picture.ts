// A picture that a model is asked about, as a file or as bytes: its size at once, its pixels on demand, decoded as an import decodes.
import { basename, dirname } from 'node:path';
import { decodePixels, readHeader, type PixelLayout } from '#datasets/decode-picture';
import { uprightSize, workingBytes } from '#datasets/formats/format';
import { PictureError } from '#datasets/picture-error';
import { FolderSource } from '#datasets/sources/folder';
import type { PictureSource } from '#shared/asking';
import { FailureError } from '#shared/failure';

export interface GivenPicture {
  /** Upright. */
  width: number;
  height: number;
  /** In use at the worst moment of its decoding. */
  workingBytes: number;
  /** uint8 height × width × channels. @throws FailureError bad-setting */
  decode(layout: PixelLayout): Promise<Uint8Array>;
}

export type Given = Exclude<PictureSource, { sample: number }>;

/** @throws FailureError bad-setting: one sentence, and what to do */
export function openGiven(given: Given): Promise<GivenPicture> {
  return inWords(async () => {
    // Pasted ones and photographs have no name that could say what they are.
    const [bytes, name] = 'file' in given ? [await readFile(given.file), given.file] : [bufferOf(given.bytes), 'picture.png'];
    const header = readHeader(bytes, name);
    return {
      ...uprightSize(header),
      workingBytes: workingBytes(header),
      decode: (layout) => inWords(() => decodePixels(bytes, header, layout)),
    };
  });
}

/** The thread that computes goes on meanwhile, and hears that the question is ended. */
const readFile = (file: string): Promise<Buffer> => new FolderSource(dirname(file)).read(basename(file), 0);

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** An import may leave a picture out; here another is to be chosen. */
async function inWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    const [what] = /^.*?\.(?= [A-Z]|$)/s.exec(error.message) ?? [error.message];
    throw new FailureError({ kind: 'bad-setting', problem: `${what} ${REMEDIES[error.kind] ?? 'Choose another picture.'}` });
  }
}

const REMEDIES: Partial<Record<PictureError['kind'], string>> = {
  'too-large': 'Make a smaller copy of it.',
  unsupported: 'Save it as one of these.',
  truncated: 'Copy it again from where it came from.',
};
