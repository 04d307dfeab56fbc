// What a killed import left is taken over as far as it is proven: its sources are the files they were, and every sample's bytes are those that were noted.
import { contentKey } from './content-hash';
import type { ListedPicture, Listing } from './importers/importer';
import type { Journal } from './journal';
import type { PackEntry, Packing } from './pack-rows';
import type { Row } from './settle';
import { throwIfCancelled, type Watch } from './watch';

const STAMPS_AT_ONCE = 64;

type Work<One extends Row> = Pick<Packing<One>, 'listing' | 'files' | 'sizes'> & { journal: Journal<PackEntry<One>> };

/** The files end behind it, and so does the journal. @throws FailureError cancelled */
export async function takeOver<One extends Row>(work: Work<One>, { signal }: Watch): Promise<PackEntry<One>[]> {
  const { listing, journal, files, sizes } = work;
  const entries: PackEntry<One>[] = [];
  let [parts, packed] = [0, 0];
  for (const part of journal.earlier) {
    throwIfCancelled(signal);
    const pictures = listing.pictures.slice(entries.length, entries.length + part.entries.length);
    const rows = part.entries.flatMap(({ row }) => (row && !row.refused ? row : []));
    if (!(await areUnchanged(part.entries, pictures, listing)) || !(await lieThere(rows, packed, work))) break;
    entries.push(...part.entries);
    packed += rows.length;
    parts++;
  }
  await journal.goOnBehind(parts);
  for (const [i, file] of files.entries()) await file.cut(packed * sizes[i]);
  return entries;
}

/** `packed`: rows before them. */
async function lieThere(rows: readonly Pick<Row, 'key'>[], packed: number, { files, sizes }: Pick<Work<Row>, 'files' | 'sizes'>) {
  const read = await Promise.all(files.map((file, i) => file.read(packed * sizes[i], rows.length * sizes[i])));
  return rows.every(({ key }, place) => {
    const parts = read.map((bytes, i) => bytes.subarray(place * sizes[i], (place + 1) * sizes[i]));
    return contentKey(...parts) === key;
  });
}

/**
 * What its file and that of its mask are: nothing else is taken over as the same. Undefined where nobody can tell.
 * @param own of its own file, where that is known already
 */
export async function stampOfSources({ stamp }: Pick<Listing, 'stamp'>, picture: ListedPicture, own?: string): Promise<string | undefined> {
  const { mask } = picture;
  const stamps = await Promise.all([own ?? stamp?.(picture), ...(mask ? [stamp?.(mask)] : [])]);
  return stamps.includes(undefined) ? undefined : contentKey(Buffer.from(JSON.stringify(stamps)));
}

async function areUnchanged(
  entries: readonly Pick<PackEntry<Row>, 'stamp'>[],
  pictures: readonly ListedPicture[],
  listing: Listing,
): Promise<boolean> {
  for (let start = 0; start < entries.length; start += STAMPS_AT_ONCE) {
    const some = entries.slice(start, start + STAMPS_AT_ONCE);
    const stamps = await Promise.all(some.map((_, i) => stampOfSources(listing, pictures[start + i])));
    if (!stamps.every((stamp, i) => stamp !== undefined && stamp === some[i].stamp)) return false;
  }
  return true;
}
