// Passing over several coefficients of a JPEG at once proves what going one by one does.
import { describe, expect, test } from 'vitest';
import { PictureError } from '#datasets/picture-error';
import { tablesOf } from '#datasets/formats/jpeg';
import { JpegBits, type HuffmanTable } from '#datasets/formats/jpeg-huffman';
import { limitsOf } from '#datasets/formats/jpeg-limits';
import { NO_STRIDES, stridesOf } from '#datasets/formats/jpeg-strides';
import { randomStream } from '#engine/random';
import { jpegBytes } from '#test/support/pictures';

const BLOCKS = 3_000;
const FAST_BITS = 11;

const random = randomStream(7);
/** Without FF, which begins a marker, up to the End Of Image. */
const NOISE = Buffer.from([...Array.from({ length: 4_000 }, () => Math.floor(255 * random())), 0xff, 0xd9]);

/** What follows each block of random bits, or what is wrong with it; other bits behind that. */
function read(table: HuffmanTable, factor: number): (number | string)[] {
  const limits = limitsOf(new Uint16Array(64).fill(factor), 0);
  let begins = 0;
  const other = (): JpegBits => new JpegBits(NOISE, (begins += 601) % NOISE.length);
  let bits = other();
  return Array.from({ length: BLOCKS }, () => {
    try {
      bits.coefficients(table, limits);
      const following = bits.bits(8);
      if (!bits.isUsedUp()) return following;
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      bits = other();
      return error.message;
    }
    bits = other();
    return 'used up';
  });
}

/** Those for coefficients of a JPEG as it is written. */
async function tables(): Promise<HuffmanTable[]> {
  const jpeg = Buffer.from(await jpegBytes({ width: 8, height: 8 }));
  const segments: Buffer[] = [];
  for (let at = 2; jpeg[at + 1] !== 0xda;) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] === 0xc4) segments.push(jpeg.subarray(at, end));
    at = end;
  }
  const { ac } = tablesOf(Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(-2)]));
  return ac.filter((table) => table !== undefined);
}

/** Never becomes one of many blocks. */
const single = (table: HuffmanTable): HuffmanTable => ({ ...table, blocks: Infinity, strides: NO_STRIDES });
const striding = (table: HuffmanTable): HuffmanTable => ({ ...single(table), strides: stridesOf(table, FAST_BITS) });

// Of the last factor no value may be larger than 3.
describe.each([1, 30, 1_024])('factors of %d', (factor) => {
  test('every block ends at the same bit, or is refused for the same reason', async () => {
    const given = await tables();
    expect(given).toHaveLength(2);
    for (const table of given) {
      const found = read(striding(table), factor);
      expect(found).toEqual(read(single(table), factor));
      expect(found).toContain('used up');
    }
  });

  test('control: strides of another table do not', async () => {
    const [luma, chroma] = await tables();
    expect(read({ ...striding(luma), strides: striding(chroma).strides }, factor)).not.toEqual(read(single(luma), factor));
  });
});

test('a table that serves many blocks comes to stride', async () => {
  const [table] = await tables();
  const fresh = { ...table, blocks: 0, strides: NO_STRIDES };
  read(fresh, 1);
  expect(fresh.strides).toEqual(stridesOf(table, FAST_BITS));
});
