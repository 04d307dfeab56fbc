// Copies one file and proves it: what was written is read again and must have the sum of what was read.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { FailureError } from '#shared/failure';

const PIECE_BYTES = 1_000_000;

/** Whole or not at all. @param onBytes hears of each piece @returns the sum @throws FailureError where the disk gives back something else */
export function copyFile(from: string, to: string, onBytes: (bytes: number) => void): string {
  const beside = `${to}.moving`;
  try {
    const written = copyBytes(from, beside, onBytes);
    if (sumOf(beside) !== written) throw new FailureError({ kind: 'bad-setting', problem: notAsWritten(to) });
    const { atime, mtime } = statSync(from);
    utimesSync(beside, atime, mtime);
    renameSync(beside, to);
    return written;
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

const notAsWritten = (file: string): string =>
  `What was copied to ${file} was not the same when it was read again: the disk may be failing. Nothing was changed; choose another disk.`;

function copyBytes(from: string, to: string, onBytes: (bytes: number) => void): string {
  const [source, target] = [openSync(from, 'r'), openSync(to, 'w')];
  try {
    const sum = createHash('sha256');
    for (const piece of pieces(source)) {
      sum.update(piece);
      for (let at = 0; at < piece.byteLength;) at += writeSync(target, piece, at);
      onBytes(piece.byteLength);
    }
    fsyncSync(target);
    return sum.digest('hex');
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

export function sumOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const sum = createHash('sha256');
    for (const piece of pieces(handle)) sum.update(piece);
    return sum.digest('hex');
  } finally {
    closeSync(handle);
  }
}

function* pieces(handle: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(PIECE_BYTES);
  for (;;) {
    const length = readSync(handle, buffer, 0, PIECE_BYTES, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}
