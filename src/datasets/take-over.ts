// What a killed import left is taken over as far as it is proven: the sources are as they were, and every sample's bytes are those that were noted.
import { stat } from 'node:fs/promises';
import { contentKey } from './content-hash';
import type { ListedPicture } from './importers/importer';
import type { Journal } from './journal';
import type { PackEntry, Packing } from './pack-rows';
import type { Row } from './settle';
import { throwIfCancelled, type Watch } from './watch';

const STAT_AT_ONCE = 64;

type Work<One extends Row> = Pick<Packing<One>, 'path' | 'listing' | 'files' | 'sizes'> & { journal: Journal<PackEntry<One>> };

/** The files end behind it, and so does the journal. @throws FailureError cancelled */
export async function takeOver<One extends Row>(work: Work<One>, { signal }: Watch): Promise<PackEntry<One>[]> {
  const { listing, journal, files, sizes } = work;
  const entries: PackEntry<One>[] = [];
  let [parts, packed] = [0, 0];
  for (const part of journal.earlier) {
    throwIfCancelled(signal);
    const pictures = listing.pictures.slice(entries.length, entries.length + part.entries.length);
    const rows = part.entries.flatMap(({ row }) => (row && !row.refused ? row : []));
    if (!(await areUnchanged(pictures, work)) || !(await lieThere(rows, packed, work))) break;
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

/** Since the import was begun. What lies in an archive or an array changes with that file. */
async function areUnchanged(
  pictures: readonly ListedPicture[],
  { path, listing, journal }: Pick<Work<Row>, 'path' | 'listing' | 'journal'>,
): Promise<boolean> {
  const sources = pictures.flatMap((picture) => [picture, ...(picture.mask ? [picture.mask] : [])]);
  const places = [...new Set(sources.map((source) => listing.place?.(source) ?? path))];
  for (let start = 0; start < places.length; start += STAT_AT_ONCE) {
    const found = await Promise.all(places.slice(start, start + STAT_AT_ONCE).map((place) => stat(place).catch(() => undefined)));
    if (!found.every((one) => one?.isFile() && one.ctimeMs <= journal.head.begun)) return false;
  }
  return true;
}
