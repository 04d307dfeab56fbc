// Opens every listed picture: its facts, its problems and, when asked, its pixels. Checking and importing both stand on this.
import { availableParallelism } from 'node:os';
import type { FileProblem } from '#shared/dataset';
import { ByteBudget } from './byte-budget';
import { guarded, type DecodeGuard } from './decode-guard';
import { decodePixels, fitPixels, proveDecodable, readHeader, type PixelLayout, type RawPicture } from './decode-picture';
import { workingBytes, type PictureHeader } from './formats/format';
import { identify, misnamed } from './formats/identify';
import type { ListedPicture, Listing } from './importers/importer';
import { mapInOrder } from './map-in-order';
import { PictureError } from './picture-error';
import { MAX_FILE_BYTES } from './sources/source';

export interface Examined {
  picture: ListedPicture;
  /** Present for a picture that can be used. */
  header?: PictureHeader;
  pixels?: Uint8Array;
  problem?: FileProblem;
}

/** Files held, and memory used for decoding, at one moment. */
const HELD_FILE_BYTES = 64e6;
const WORKING_BYTES = 300e6;

/** In the order of the listing's pictures; one at a time where a guard wants to know which. `layout` absent: decode to prove it can be, and keep nothing. */
export function examine(listing: Pick<Listing, 'pictures' | 'read'>, layout?: PixelLayout, guard?: DecodeGuard): AsyncGenerator<Examined> {
  const files = new ByteBudget(HELD_FILE_BYTES);
  const decoding = new ByteBudget(WORKING_BYTES);

  async function examineFile(picture: ListedPicture, bytes: Buffer): Promise<Examined> {
    const header = readHeader(bytes, picture.file);
    const decode = async () => (layout ? decodePixels(bytes, header, layout) : void (await proveDecodable(bytes, header)));
    const pixels = await decoding.run(workingBytes(header), () => guarded(guard, picture.file, workingBytes(header), decode));
    return { picture, header, pixels, problem: nameProblem(picture.file, bytes) };
  }

  async function examineRaw(picture: ListedPicture, raw: RawPicture): Promise<Examined> {
    const pixels = layout && (await decoding.run(workingBytes(raw.header), () => fitPixels(raw, layout)));
    return { picture, header: raw.header, pixels };
  }

  async function examineOne(picture: ListedPicture): Promise<Examined> {
    try {
      return await files.run(Math.min(picture.bytes, MAX_FILE_BYTES), async () => {
        const content = await listing.read(picture);
        return 'pixels' in content ? examineRaw(picture, content) : examineFile(picture, content);
      });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return { picture, problem: error.of(picture.file) };
    }
  }
  return mapInOrder(listing.pictures, guard?.opening ? 1 : 2 * availableParallelism() + 2, examineOne);
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
