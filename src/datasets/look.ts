// Opens every picture of a listing for a check, and keeps what there is to say of each: what it looks like in a few bytes, not its pixels.
import type { FileProblem } from '#shared/dataset';
import { examine, type Examined } from './examine';
import { FINGERPRINT_LAYOUT } from './fingerprint';
import type { Listing } from './importers/importer';
import { NearDuplicates } from './near-duplicates';
import { canBeCompared } from './near-problems';
import { Stage, type Watch } from './watch';

/** In the order of the listing; without a header it cannot be used. */
export interface Looked extends Pick<Examined, 'picture' | 'header' | 'content' | 'problem'> {
  /** As FINGERPRINT_LAYOUT, of one that can be compared. */
  grey?: Uint8Array;
}

/** @throws FailureError cancelled */
export async function look(listing: Listing, watch: Watch): Promise<Looked[]> {
  const stage = new Stage(watch, 'check', listing.pictures.length);
  const looked: Looked[] = [];
  for await (const some of examine(listing, FINGERPRINT_LAYOUT, watch)) {
    for (const { picture, header, content, problem, pixels } of some) {
      stage.advance();
      const grey = header && pixels && canBeCompared(header) ? Uint8Array.from(pixels) : undefined;
      looked.push({ picture, header, content, problem, grey });
    }
  }
  return looked;
}

/** Copies of a file look the same, and that is said already. */
export function likeEachOther(looked: readonly Looked[], duplicates: ReadonlyMap<string, FileProblem>): NearDuplicates {
  const near = new NearDuplicates();
  looked.forEach(({ picture, grey }, place) => {
    if (grey && !duplicates.has(picture.file)) near.add(place, grey);
  });
  return near;
}
