// Room on the disk that something is about to be written to: looked at before the work begins, and while it goes on, so that no disk is filled to
// its last byte. Asking the system is the caller's: this file runs anywhere.
import { FailureError, type NeedsRoom } from './failure';

/** As Node's statfsSync answers. */
export type ReadDisk = (folder: string) => { bavail: number; bsize: number; blocks: number };

export interface DiskRoom {
  /** For this user. */
  freeBytes: number;
  totalBytes: number;
}

/** Left to the history, the log and the system, which write whatever happens; of a small disk less. */
const SPARE_BYTES = 100e6;
const SPARE_SHARE = 0.02;

export const spareBytes = ({ totalBytes }: Pick<DiskRoom, 'totalBytes'>): number => Math.min(SPARE_BYTES, SPARE_SHARE * totalBytes);

/** On the disk that holds the folder, or will hold it; undefined where the system does not say. */
export function roomAt(folder: string, read: ReadDisk): DiskRoom | undefined {
  try {
    const { bavail, bsize, blocks } = read(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const parent = folder.replace(/[\\/]+[^\\/]*$/, '') || '/';
    return isMissing && parent !== folder && folder !== '/' ? roomAt(parent, read) : undefined;
  }
}

/** What a run saves. */
export interface SavedBytes {
  checkpoint: number;
  weights: number;
}

/** Checkpoints that lie there together: the two newest and the best, and one more while it is written. */
const CHECKPOINTS_AT_ONCE = 4;
/** The saved model, the best epoch's and the other one, and one of them written beside. */
const MODELS_AT_ONCE = 4;
/** A step's line in metrics.jsonl and its row in the history. */
const STEP_BYTES = 400;
/** Headers, receipt, model.json. */
const BESIDE_BYTES = 100_000;

/** Of a whole run. @param steps that are still to be made */
export const runBytes = ({ checkpoint, weights }: SavedBytes, steps: number): number =>
  CHECKPOINTS_AT_ONCE * checkpoint + MODELS_AT_ONCE * weights + STEP_BYTES * steps + BESIDE_BYTES;

/** To save its place and its model once more. */
export const savingBytes = ({ checkpoint, weights }: SavedBytes): number => 2 * checkpoint + 2 * weights + BESIDE_BYTES;

/** A picture's lines in the manifest and in the journal. */
const PICTURE_BESIDE_BYTES = 400;

/** @param bytes of one of them, as it is packed */
export const picturesBytes = (pictures: number, bytes: number): number => pictures * (bytes + PICTURE_BESIDE_BYTES);

interface Wanted {
  what: NeedsRoom;
  /** Where it is written. */
  path: string;
  neededBytes: number;
}

/** @returns why there is not enough room for it, the spare included; undefined where there is, or nobody knows */
export function lackOfRoom({ what, path, neededBytes }: Wanted, read: ReadDisk): FailureError | undefined {
  const room = roomAt(path, read);
  if (!room || room.freeBytes >= neededBytes + spareBytes(room)) return undefined;
  const { freeBytes } = room;
  return new FailureError({ kind: 'no-room', what, path, neededBytes, spareBytes: spareBytes(room), freeBytes });
}

/** @throws FailureError no-room */
export function requireRoom(wanted: Wanted, read: ReadDisk): void {
  const lack = lackOfRoom(wanted, read);
  if (lack) throw lack;
}
