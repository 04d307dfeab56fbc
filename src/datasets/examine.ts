// Opens every listed picture: its facts, its problems and, when asked, its pixels. Checking and importing both stand on this.
import { availableParallelism } from 'node:os';
import { ByteBudget, DECODING_BYTES, HELD_FILE_BYTES } from './byte-budget';
import { contentKey } from './content-hash';
import { guarded } from './decode-guard';
import { fitPixels, type PixelLayout, type RawPicture } from './decode-picture';
import { sharingSize } from './duplicates';
import { workingBytes } from './formats/format';
import { handfuls } from './handfuls';
import type { ListedPicture, Listing } from './importers/importer';
import { mapInOrder } from './map-in-order';
import { HERE, nameOfContent, type Opened, type PictureJob, type Refused } from './open-picture';
import { PictureError } from './picture-error';
import { MAX_FILE_BYTES } from './sources/source';
import type { Watch } from './watch';

/** All but `picture` and `problem` is absent for one that cannot be used. */
export interface Examined extends Partial<Opened> {
  picture: ListedPicture;
  stamp?: string;
}

interface From {
  /** The place of the first one. */
  from?: number;
  /** Of the files that each comes from; `own`: of the one it was read from. Otherwise asked for before it is opened. */
  stamp?(picture: ListedPicture, own?: string): Promise<string | undefined>;
}

/** Opened by one thread at one word. */
const MOST_AT_ONCE = 16;
/** Handfuls that may be done before an earlier one is written: a disk that flushes keeps no thread waiting. */
const AHEAD_OF_DISK = 12;
/** In the mean, file and pixels; larger ones need their memory, and take longer than a flush. */
const SMALL_BYTES = 500_000;

/**
 * Several at once in the order of the listing's pictures; one at a time where a guard wants to know which. Their pixels are there until the next
 * ones are asked for. `layout` absent: decode to prove it can be, and keep nothing.
 */
export async function* examine(
  listing: Pick<Listing, 'pictures' | 'read' | 'place'>,
  layout?: PixelLayout,
  { guard, opener = HERE }: Pick<Watch, 'guard' | 'opener'> = {},
  { from = 0, stamp }: From = {},
): AsyncGenerator<Examined[]> {
  const files = new ByteBudget(HELD_FILE_BYTES);
  const decoding = new ByteBudget(DECODING_BYTES);
  const sharing = sharingSize(listing.pictures);
  const keptBytes = layout ? layout.width * layout.height * layout.channels : 0;
  const fileBytes = ({ bytes }: ListedPicture): number => Math.min(bytes, MAX_FILE_BYTES);
  const allBytes = listing.pictures.reduce((sum, picture) => sum + fileBytes(picture) + keptBytes, 0);
  const beyond = allBytes <= SMALL_BYTES * listing.pictures.length ? AHEAD_OF_DISK : 2;
  const [atOnce, ahead] = guard?.opening ? [1, 1] : [MOST_AT_ONCE, 2 * availableParallelism() + beyond];

  /** Up to where it is opened. */
  async function prepare(picture: ListedPicture): Promise<PictureJob | Opened | Refused> {
    const { file } = picture;
    const ended = guard?.ended.get(file);
    if (ended !== undefined) return { refused: new PictureError('unreadable', ended) };
    try {
      const content = listing.place?.(picture) ?? (await listing.read(picture));
      return typeof content === 'object' && 'pixels' in content
        ? await fitRaw(content)
        : { file, from: content, layout, named: sharing.has(picture) };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      return { refused: error };
    }
  }

  async function fitRaw(raw: RawPicture): Promise<Opened> {
    const pixels = layout && (await decoding.run(workingBytes(raw.header), () => fitPixels(raw, layout)));
    return { header: raw.header, pixels, key: pixels && contentKey(pixels), content: nameOfContent(raw.pixels) };
  }

  const open = (jobs: PictureJob[]): Promise<(Opened | Refused)[]> =>
    guarded(guard, jobs, (patience) =>
      opener.open(jobs, {
        begins: () => patience.begin(),
        admit(needed, decode) {
          patience.end();
          return decoding.run(needed, () => {
            patience.begin(needed);
            return decode();
          });
        },
      }),
    );

  async function examineSome(pictures: ListedPicture[]): Promise<Examined[]> {
    // Who opens a file on the disk knows what it was; a mask is read by somebody else.
    const isKnownLater = (picture: ListedPicture): boolean => !picture.mask && listing.place?.(picture) !== undefined;
    const before = stamp && (await Promise.all(pictures.map((picture) => (isKnownLater(picture) ? undefined : stamp(picture)))));
    const prepared: (PictureJob | Opened | Refused)[] = [];
    for (const picture of pictures) prepared.push(await prepare(picture));
    const jobs = prepared.filter((one) => 'from' in one);
    const opened = jobs.length > 0 ? await open(jobs) : [];
    return Promise.all(
      prepared.map(async (one, i) => {
        const picture = pictures[i];
        const found = 'from' in one ? opened.shift()! : one;
        const known = stamp && (before?.[i] ?? (await stamp(picture, found.stamp)));
        if ('refused' in found) return { picture, stamp: known, problem: found.refused.of(picture.file) };
        return { ...found, picture, stamp: known };
      }),
    );
  }

  const several = handfuls(listing.pictures.slice(from), atOnce, (picture) => fileBytes(picture) + keptBytes);
  const examined = mapInOrder(several, ahead, (pictures) =>
    files.run(
      pictures.reduce((sum, picture) => sum + fileBytes(picture), 0),
      () => examineSome(pictures),
    ),
  );
  for await (const some of examined) {
    yield some;
    for (const memory of new Set(some.map(({ pixels }) => pixels?.buffer))) if (memory instanceof ArrayBuffer) opener.reuse?.(memory);
  }
}
