// Which opened pictures a version keeps: copies are known only when all were opened, and by then their pixels are packed.
import type { FileProblem } from '#shared/dataset';
import { findDuplicates, type Named } from './duplicates';
import type { PictureHeader } from './formats/format';

/** A picture that can be used. Its bytes are packed, unless it was refused. */
export interface Row extends Named {
  header: PictureHeader;
  /** Of its bytes as they are packed. */
  key: string;
  refused?: FileProblem;
}

export interface Settled<Kept extends Row> {
  kept: Kept[];
  leftOut: FileProblem[];
  /** Places among those packed whose bytes are to go. */
  unpacked: number[];
}

/** `rows` in the order of the listing. */
export function settle<One extends Row>(rows: readonly One[], labels: readonly string[]): Settled<One> {
  const duplicates = findDuplicates(
    rows.filter(({ refused }) => !refused),
    labels,
  );
  const settled: Settled<One> = { kept: [], leftOut: [], unpacked: [] };
  let place = 0;
  for (const row of rows) {
    const copy = duplicates.get(row.picture.file);
    const reason = row.refused ?? (copy?.severity === 'error' ? copy : undefined);
    if (reason) settled.leftOut.push(reason);
    else settled.kept.push(row);
    if (row.refused) continue;
    if (reason) settled.unpacked.push(place);
    place++;
  }
  return settled;
}
