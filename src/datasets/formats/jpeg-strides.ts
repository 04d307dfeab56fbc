// Several coefficients of a block passed over at one look: for each of the next bits there can be, how many of them are whole codes and values.
import type { HuffmanTable } from './jpeg-huffman';

/** Two or three coefficients of a photograph. */
export const STRIDE_BITS = 13;
export const STRIDE_MASK = (1 << STRIDE_BITS) - 1;

/** By the next STRIDE_BITS bits; 0 where they do not hold a whole coefficient. */
export type Strides = Uint16Array;

export const NO_STRIDES: Strides = new Uint16Array(1 << STRIDE_BITS);

export const bitsOf = (stride: number): number => stride & 15;
/** With one for the end of the block, which is said only where something could follow. */
export const placesOf = (stride: number): number => (stride >> 4) & 127;
/** Bits of the longest value. */
export const sizeOf = (stride: number): number => (stride >> 11) & 15;
export const endsBlock = (stride: number): boolean => stride >= 1 << 15;

/** @param fastBits by how many bits `fast` is looked up */
export function stridesOf({ fast }: Pick<HuffmanTable, 'fast'>, fastBits: number): Strides {
  const strides = new Uint16Array(1 << STRIDE_BITS);
  for (let bits = 0; bits < strides.length; bits++) strides[bits] = strideOf(bits, fast, fastBits);
  return strides;
}

function strideOf(bits: number, fast: Uint16Array, fastBits: number): number {
  let [used, places, longest] = [0, 0, 0];
  let ends = false;
  while (!ends) {
    // What is not known of the next bits is zero here: a code counts where it ends before.
    const found = fast[((bits << used) & STRIDE_MASK) >> (STRIDE_BITS - fastBits)];
    const [length, run, size] = [found >> 8, (found >> 4) & 15, found & 15];
    if (found === 0 || used + length + size > STRIDE_BITS || (size === 0 && run > 0)) break;
    ends = size === 0;
    used += length + size;
    places += run + 1;
    longest = Math.max(longest, size);
  }
  return used | (places << 4) | (longest << 11) | (ends ? 1 << 15 : 0);
}
