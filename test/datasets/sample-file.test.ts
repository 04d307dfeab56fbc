// Samples are appended one by one or several at once, and those that turn out to be copies are taken out again; what is left is what would have
// been appended without them.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SampleFile } from '#datasets/sample-file';
import { temporaryFolder } from '#test/support/temporary-folder';

/** Longer than the pieces they are moved in. */
const SIZE = 700_001;
const BEFORE = 12;
const sample = (place: number) => new Uint8Array(SIZE).map((_, i) => (place * 31 + i) % 251);

async function file(places: readonly number[], out?: readonly number[]): Promise<Buffer> {
  const path = join(temporaryFolder(), 'samples.bin');
  const written = await SampleFile.create(path);
  await written.append(new Uint8Array(BEFORE).fill(7));
  for (const place of places) await written.append(sample(place));
  if (out) await written.takeOut(out, SIZE, BEFORE);
  await written.append(sample(99));
  await written.finish();
  expect(written.bytes).toBe(statSync(path).size);
  await written.close();
  return readFileSync(path);
}

test.each([
  ['none', [], [0, 1, 2, 3, 4]],
  ['the first and two in a row', [0, 2, 3], [1, 4]],
  ['the last', [4], [0, 1, 2, 3]],
  ['all', [0, 1, 2, 3, 4], []],
])('%s', async (_, out, left) => {
  expect((await file([0, 1, 2, 3, 4], out)).equals(await file(left))).toBe(true);
});

test('control: another one left out is another file', async () => {
  expect((await file([0, 1, 2], [1])).equals(await file([0, 1]))).toBe(false);
});

test.each([
  ['few small ones', [1, 0, 3]],
  ['large ones', [SIZE, SIZE, SIZE]],
  ['small ones, large ones and one larger than a piece', [5, SIZE, 7, 2 * SIZE, 9]],
])('several at once are what they are one by one, whatever becomes of their memory: %s', async (_, sizes) => {
  const path = join(temporaryFolder(), 'samples.bin');
  const written = await SampleFile.create(path);
  const make = () => sizes.map((size, i) => new Uint8Array(size).fill(i + 1));
  await written.append(new Uint8Array(BEFORE).fill(7));
  const given = make();
  await written.append(...given);
  for (const part of given) part.fill(0);
  for (const one of make()) await written.append(one);
  await written.finish();
  await written.close();
  expect(readFileSync(path).equals(Buffer.concat([Buffer.alloc(BEFORE, 7), ...make(), ...make()]))).toBe(true);
});
