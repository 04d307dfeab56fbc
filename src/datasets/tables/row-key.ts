// What a row is drawn by in the split, whatever its place in the file: two hashes of its packed numbers and target.

export interface RowKey {
  high: number;
  low: number;
}

const scratch = new DataView(new ArrayBuffer(8));

/** 64 bits, spread evenly: two lanes of multiplications (as cyrb53, Jordan 2018) over the row's 32-bit words. */
export function rowKey(values: Float32Array, target: number): RowKey {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  scratch.setFloat64(0, target);
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 2654435761);
    b = Math.imul(b ^ word, 1597334677);
    a ^= a >>> 15;
    b ^= b >>> 13;
  };
  for (const word of words) mix(word);
  mix(scratch.getInt32(0));
  mix(scratch.getInt32(4));
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return { high: b >>> 0, low: a >>> 0 };
}

/** Rows looked at for repeats; beyond, memory would grow with the table. */
const MOST_COMPARED = 2_000_000;

/** Rows that are equal to an earlier one. */
export class RepeatCount {
  readonly #seen = new Set<number>();
  count = 0;

  add(values: Float32Array, target: number): void {
    const { high, low } = rowKey(values, target);
    // 53 of the 64 bits, which a number holds exactly.
    const key = (high & 0x1fffff) * 2 ** 32 + low;
    if (this.#seen.has(key)) this.count++;
    else if (this.#seen.size < MOST_COMPARED) this.#seen.add(key);
  }
}
