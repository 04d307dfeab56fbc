// Opens every picture of a listing and packs what can be used. With a journal it goes on behind what an earlier process left whole.
import { dirname } from 'node:path';
import type { FileProblem } from '#shared/dataset';
import { picturesBytes } from '#shared/disk-room';
import type { PixelLayout } from './decode-picture';
import { requireVersionRoom } from './disk-room';
import { examine, type Examined } from './examine';
import type { ListedPicture, Listing } from './importers/importer';
import type { Journal } from './journal';
import type { SampleFile } from './sample-file';
import { settle, type Row } from './settle';
import { stampOfSources, takeOver } from './take-over';
import { Stage, type Watch } from './watch';

/** Noted in the journal together. */
const PART_BYTES = 1 << 20;

/** What is said of a picture that was opened. */
export interface PackEntry<One extends Row> {
  /** Of the files it comes from, as they were before they were read. */
  stamp?: string;
  problem?: FileProblem;
  row?: Omit<One, 'picture'>;
}

/** One that could be decoded. */
export type Decoded = Examined & Required<Pick<Examined, 'header' | 'pixels' | 'key'>>;

/** A row, and its bytes for each file where it was not refused. */
export interface Made<One extends Row> {
  row: Omit<One, 'picture'>;
  bytes: readonly Uint8Array[];
}

export interface Packing<One extends Row> {
  listing: Listing;
  layout: PixelLayout;
  files: readonly SampleFile[];
  /** Of one sample in each file. */
  sizes: readonly number[];
  journal?: Journal<PackEntry<One>>;
  make(decoded: Decoded): Promise<Made<One>> | Made<One>;
}

/** @throws FailureError cancelled, no-room */
export async function packRows<One extends Row>(packing: Packing<One>, watch: Watch): Promise<{ kept: One[]; leftOut: FileProblem[] }> {
  const { listing, layout, files, sizes, journal, make } = packing;
  const { pictures } = listing;
  const begins = files.map(({ bytes }) => bytes);
  const entries = journal ? await takeOver({ ...packing, journal }, watch) : [];
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  requireVersionRoom(dirname(files[0].path), picturesBytes(pictures.length - entries.length, bytes));
  const stage = new Stage(watch, 'decode', pictures.length, undefined, entries.length);
  const stamp = journal && ((picture: ListedPicture, own?: string) => stampOfSources(listing, picture, own));
  let unsaved = 0;
  for await (const some of examine(listing, layout, watch, { from: entries.length, stamp })) {
    const bytes = files.map((): Uint8Array[] => []);
    for (const examined of some) {
      stage.advance();
      const { header, pixels, key, problem, stamp: before } = examined;
      const made = header && pixels && key !== undefined ? await make({ ...examined, header, pixels, key }) : undefined;
      made?.bytes.forEach((part, i) => bytes[i].push(part));
      const entry = { stamp: before, ...(problem?.severity === 'error' && { problem }), ...(made && { row: made.row }) };
      entries.push(entry);
      journal?.note(entry);
    }
    for (const [i, file] of files.entries()) {
      await file.append(...bytes[i]);
      unsaved += bytes[i].reduce((sum, { length }) => sum + length, 0);
    }
    if (!journal || unsaved < PART_BYTES) continue;
    for (const file of files) await file.write();
    await journal.save();
    unsaved = 0;
  }
  const rows = entries.flatMap(({ row }, i) => (row ? [{ ...row, picture: pictures[i] } as One] : []));
  const { kept, leftOut, unpacked } = settle(rows, listing.labels);
  for (const [i, file] of files.entries()) await file.takeOut(unpacked, sizes[i], begins[i]);
  return { kept, leftOut: [...entries.flatMap(({ problem }) => problem ?? []), ...leftOut] };
}
