// Rows that prove themselves: what was written is gone on with, what is damaged is not believed.
import { closeSync, openSync, readFileSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { fileBytes, provenRows, RowWriter } from '#trainer/features/proven-rows';

/** Two blocks and a half. */
const ROWS = { count: 160, rowBytes: 4096 };
const OF_A_BLOCK = 64;
const bytesOf = (first: number, rows: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: rows * ROWS.rowBytes }, (_, i) => (7 * (first * ROWS.rowBytes + i)) % 251));

/** In pieces of seven rows, as an engine gives them, up to so many. */
function write(path: string, end: number): number {
  const writer = new RowWriter(path, ROWS);
  const begun = writer.done;
  while (writer.done < end) writer.add(bytesOf(writer.done, Math.min(7, end - writer.done)));
  writer.close();
  return begun;
}

const change = (path: string, at: number): void => {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  writeSync(file, Buffer.from([byte[0] ^ 1]), 0, 1, at);
  closeSync(file);
};

it('goes on behind the last whole block, and comes to the same bytes', () => {
  const [whole, path] = ['whole', 'part'].map((name) => join(temporaryFolder(), name));
  expect(write(whole, ROWS.count)).toBe(0);
  expect(provenRows(whole, ROWS)).toBe(ROWS.count);
  for (const [end, from] of [
    [63, 0],
    [100, 0],
    [128, OF_A_BLOCK],
    [159, 2 * OF_A_BLOCK],
    [ROWS.count, 2 * OF_A_BLOCK],
  ])
    expect(write(path, end)).toBe(from);
  expect(readFileSync(path).equals(readFileSync(whole))).toBe(true);
  expect(
    readFileSync(path)
      .subarray(0, ROWS.count * ROWS.rowBytes)
      .equals(bytesOf(0, ROWS.count)),
  ).toBe(true);
});

it.each([
  ['a bit of the second block', (path: string) => change(path, 70 * ROWS.rowBytes), OF_A_BLOCK],
  ['a bit of the third sum', (path: string) => change(path, fileBytes(ROWS) - 1), 2 * OF_A_BLOCK],
  ['its length', (path: string) => truncateSync(path, fileBytes(ROWS) - 1), 0],
  ['all of it, as long as before', (path: string) => writeFileSync(path, Buffer.alloc(fileBytes(ROWS))), 0],
])('believes nothing from the place on where %s has changed, and makes it again', (_, spoil, from) => {
  const path = join(temporaryFolder(), 'rows');
  write(path, ROWS.count);
  spoil(path);
  expect(provenRows(path, ROWS)).toBe(from);
  expect(write(path, ROWS.count)).toBe(from);
  expect(provenRows(path, ROWS)).toBe(ROWS.count);
});
