// Opens every listed picture: its facts, its problems and, when asked, its pixels. Checking and importing both stand on this.
import { availableParallelism } from 'node:os';
import { ByteBudget } from './byte-budget';
import { contentKey } from './content-hash';
import { guarded } from './decode-guard';
import { fitPixels, type PixelLayout, type RawPicture } from './decode-picture';
import { workingBytes } from './formats/format';
import type { ListedPicture, Listing } from './importers/importer';
import { mapInOrder } from './map-in-order';
import { HERE, type FileContent, type Opened } from './open-picture';
import { PictureError } from './picture-error';
import { MAX_FILE_BYTES } from './sources/source';
import type { Watch } from './watch';

/** All but `picture` and `problem` is absent for one that cannot be used. */
export interface Examined extends Partial<Opened> {
  picture: ListedPicture;
}

/** Files held, and memory used for decoding, at one moment. */
const HELD_FILE_BYTES = 64e6;
const WORKING_BYTES = 300e6;

/** In the order of the listing's pictures; one at a time where a guard wants to know which. `layout` absent: decode to prove it can be, and keep nothing. */
export function examine(
  listing: Pick<Listing, 'pictures' | 'read' | 'place'>,
  layout?: PixelLayout,
  { guard, opener = HERE }: Pick<Watch, 'guard' | 'opener'> = {},
): AsyncGenerator<Examined> {
  const files = new ByteBudget(HELD_FILE_BYTES);
  const decoding = new ByteBudget(WORKING_BYTES);

  const openFile = ({ file }: ListedPicture, from: FileContent): Promise<Opened> =>
    guarded(guard, file, (patience) =>
      opener.open(
        { file, from, layout },
        {
          begins: () => patience.begin(),
          admit: (needed, decode) => {
            patience.end();
            return decoding.run(needed, () => {
              patience.begin(needed);
              return decode();
            });
          },
        },
      ),
    );

  async function fitRaw(raw: RawPicture): Promise<Opened> {
    const pixels = layout && (await decoding.run(workingBytes(raw.header), () => fitPixels(raw, layout)));
    return { header: raw.header, pixels, key: pixels && contentKey(pixels) };
  }

  async function open(picture: ListedPicture): Promise<Opened> {
    const place = listing.place?.(picture);
    if (place !== undefined) return openFile(picture, place);
    const content = await listing.read(picture);
    return 'pixels' in content ? fitRaw(content) : openFile(picture, content);
  }

  async function examineOne(picture: ListedPicture): Promise<Examined> {
    try {
      return { picture, ...(await files.run(Math.min(picture.bytes, MAX_FILE_BYTES), () => open(picture))) };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return { picture, problem: error.of(picture.file) };
    }
  }
  return mapInOrder(listing.pictures, guard?.opening ? 1 : 2 * availableParallelism() + 2, examineOne);
}
