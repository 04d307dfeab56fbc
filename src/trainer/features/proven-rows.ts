// A file of rows that proves itself: behind the rows a sum for each block of them, written when the block is. So one that was being written
// when its process was killed can be gone on with behind its last proven block, and one that is whole is not trusted by its size.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const BLOCK_BYTES = 1 << 18;
const SUM_BYTES = 32;

export interface Rows {
  count: number;
  rowBytes: number;
}

const rowsOfBlock = ({ rowBytes }: Rows): number => Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
const blocksOf = (rows: Rows): number => Math.ceil(rows.count / rowsOfBlock(rows));
const placeOfSum = ({ count, rowBytes }: Rows, block: number): number => count * rowBytes + SUM_BYTES * block;

/** Rows and sums. */
export const fileBytes = (rows: Rows): number => placeOfSum(rows, blocksOf(rows));

/** Of one block, which is at no other place. */
const sumOf = (block: number): Hash => createHash('sha256').update(`${block}:`);

/** How many of the first rows are proven to be what was written. */
export function provenRows(path: string, rows: Rows): number {
  const file = openSync(path, 'r');
  try {
    return proven(file, rows);
  } finally {
    closeSync(file);
  }
}

function proven(file: number, rows: Rows): number {
  if (fstatSync(file).size !== fileBytes(rows)) return 0;
  const blockBytes = rowsOfBlock(rows) * rows.rowBytes;
  const [bytes, sum] = [Buffer.alloc(blockBytes), Buffer.alloc(SUM_BYTES)];
  for (let block = 0; block < blocksOf(rows); block++) {
    const from = block * blockBytes;
    const length = Math.min(blockBytes, rows.count * rows.rowBytes - from);
    readSync(file, sum, 0, SUM_BYTES, placeOfSum(rows, block));
    readSync(file, bytes, 0, length, from);
    if (!sumOf(block).update(bytes.subarray(0, length)).digest().equals(sum)) return block * rowsOfBlock(rows);
  }
  return rows.count;
}

export class RowWriter {
  readonly #file: number;
  #done: number;
  #sum: Hash;

  /** Goes on with what is there. */
  constructor(
    path: string,
    private readonly rows: Rows,
  ) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT);
    this.#done = proven(this.#file, rows);
    this.#sum = sumOf(this.#block);
    if (this.#done > 0) return;
    // Sums of an earlier attempt would prove nothing, and are no part of this one.
    ftruncateSync(this.#file, 0);
    ftruncateSync(this.#file, fileBytes(rows));
  }

  /** Rows that are written. */
  get done(): number {
    return this.#done;
  }

  /** Whether anyone could go on with it. */
  get isWorthKeeping(): boolean {
    return this.#block > 0;
  }

  /** The next rows. */
  add(bytes: Uint8Array): void {
    const { rowBytes, count } = this.rows;
    for (let at = 0; at < bytes.length;) {
      const end = Math.min(count, (this.#block + 1) * rowsOfBlock(this.rows));
      const piece = bytes.subarray(at, at + (end - this.#done) * rowBytes);
      this.#write(piece, this.#done * rowBytes);
      this.#sum.update(piece);
      const block = this.#block;
      this.#done += piece.length / rowBytes;
      at += piece.length;
      if (this.#done < end) continue;
      this.#write(this.#sum.digest(), placeOfSum(this.rows, block));
      this.#sum = sumOf(this.#block);
    }
  }

  flush(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  get #block(): number {
    return Math.floor(this.#done / rowsOfBlock(this.rows));
  }

  #write(bytes: Uint8Array, place: number): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at, bytes.length - at, place + at);
  }
}
