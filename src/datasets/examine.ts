// Opens every listed picture: its facts, its problems and, when asked, its pixels. Checking and importing both stand on this.
import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { formatBytes } from '#shared/bytes';
import type { FileProblem } from '#shared/dataset';
import { ByteBudget } from './byte-budget';
import { decodePixels, proveDecodable, readHeader, type PixelLayout } from './decode-picture';
import { workingBytes, type PictureHeader } from './formats/format';
import { identify, misnamed } from './formats/identify';
import type { ListedPicture } from './importers/importer';
import { mapInOrder } from './map-in-order';
import { PictureError } from './picture-error';

export interface Examined {
  picture: ListedPicture;
  /** Present for a picture that can be used. */
  header?: PictureHeader;
  pixels?: Uint8Array;
  problem?: FileProblem;
}

export const MAX_FILE_BYTES = 256e6;
/** Files held, and memory used for decoding, at one moment. */
const HELD_FILE_BYTES = 64e6;
const WORKING_BYTES = 300e6;

/** In the order of `pictures`. `layout` absent: decode to prove it can be, and keep nothing. */
export function examine(root: string, pictures: Iterable<ListedPicture>, layout?: PixelLayout): AsyncGenerator<Examined> {
  const files = new ByteBudget(HELD_FILE_BYTES);
  const decoding = new ByteBudget(WORKING_BYTES);

  async function examineOne(picture: ListedPicture): Promise<Examined> {
    try {
      return await files.run(Math.min(picture.bytes, MAX_FILE_BYTES), async () => {
        const bytes = await readWhole(join(root, picture.file), picture.bytes);
        const header = readHeader(bytes, picture.file);
        const pixels = await decoding.run(workingBytes(header), async () =>
          layout ? decodePixels(bytes, header, layout) : void (await proveDecodable(bytes, header)),
        );
        return { picture, header, pixels, problem: nameProblem(picture.file, bytes) };
      });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return { picture, problem: error.of(picture.file) };
    }
  }
  return mapInOrder(pictures, 2 * availableParallelism() + 2, examineOne);
}

/** @throws PictureError unreadable, too-large */
export async function readWhole(path: string, bytes: number): Promise<Buffer> {
  if (bytes > MAX_FILE_BYTES) {
    throw new PictureError(
      'too-large',
      `The file is ${formatBytes(bytes)}; at most ${formatBytes(MAX_FILE_BYTES)} are read. Make a smaller copy of the picture, or leave it out.`,
    );
  }
  try {
    const file = await open(path, 'r');
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    throw new PictureError('unreadable', 'The file cannot be read. Check its permissions and the disk, or leave it out.');
  }
}

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
