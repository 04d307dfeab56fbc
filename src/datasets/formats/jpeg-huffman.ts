// Huffman tables of a JPEG and the bits they decode (ITU-T T.81, annexes C and F). Ours because decoders fill in what a damaged file lacks,
// each in its own way; here nothing is decoded, only proven to be whole.
import { cutOff, damaged } from '../picture-error';
import type { Limits } from './jpeg-limits';
import { bitsOf, endsBlock, NO_STRIDES, placesOf, sizeOf, STRIDE_BITS, STRIDE_MASK, stridesOf, type Strides } from './jpeg-strides';
import { KnownTables } from './known-tables';

/** Codes up to so many bits are looked up at once. */
const FAST_BITS = 11;
const FAST_MASK = (1 << FAST_BITS) - 1;
const LONGEST = 16;
const SIZES = 15;

export interface HuffmanTable {
  /** By the next FAST_BITS bits: length of the code × 256 + its symbol; 0 where the code is longer. */
  fast: Uint16Array;
  /** By length: the largest code of that length, -1 for none; and what to add to a code to find its symbol. */
  largest: Int32Array;
  offsets: Int32Array;
  symbols: Uint8Array;
  /** Blocks read by it; and, once they are many, what passes over several coefficients at once. */
  blocks: number;
  strides: Strides;
}

/** Making strides takes as long as they save in so many. */
const MANY_BLOCKS = 2_000;

const KNOWN = { DC: new KnownTables<HuffmanTable>(), AC: new KnownTables<HuffmanTable>() };

/** `data`: sixteen counts and the symbols. @throws PictureError */
export const huffmanTable = (data: Buffer, kind: 'DC' | 'AC'): HuffmanTable => KNOWN[kind].of(data, (bytes) => build(bytes, kind));

function build(data: Buffer, kind: 'DC' | 'AC'): HuffmanTable {
  const symbols = Uint8Array.from(data.subarray(LONGEST));
  // 8 bits a pixel: differences of 11 bits, coefficients of 10.
  if (symbols.some((symbol) => (kind === 'DC' ? symbol > 11 : (symbol & SIZES) > 10))) throw damaged('its code tables make no sense');
  const table = {
    fast: new Uint16Array(1 << FAST_BITS),
    largest: new Int32Array(LONGEST + 1).fill(-1),
    offsets: new Int32Array(LONGEST + 1),
    symbols,
    blocks: 0,
    strides: NO_STRIDES,
  };
  let [code, place] = [0, 0];
  for (let length = 1; length <= LONGEST; length++, code <<= 1) {
    table.offsets[length] = place - code;
    for (let i = 0; i < data[length - 1]; i++, code++, place++) {
      if (code >= 1 << length) throw damaged('its code tables make no sense');
      if (length <= FAST_BITS) {
        const from = code << (FAST_BITS - length);
        table.fast.fill((length << 8) | symbols[place], from, from + (1 << (FAST_BITS - length)));
      }
      table.largest[length] = code;
    }
  }
  return table;
}

/** Entropy-coded data, from `at` to the next marker. */
export class JpegBits {
  #held = 0;
  #count = 0;
  /** Zeros put in behind the end: none of them may be used. */
  #beyond = 0;
  #at: number;

  constructor(
    private readonly bytes: Buffer,
    at: number,
  ) {
    this.#at = at;
  }

  symbol(table: HuffmanTable): number {
    if (this.#count < LONGEST) this.#fill();
    const found = table.fast[(this.#held >>> (this.#count - FAST_BITS)) & FAST_MASK] || this.#longSymbol(table);
    this.#count -= found >>> 8;
    return found & 255;
  }

  bits(length: number): number {
    if (length === 0) return 0;
    if (this.#count < length) this.#fill();
    this.#count -= length;
    return (this.#held >>> this.#count) & ((1 << length) - 1);
  }

  /** A difference or coefficient of `size` bits. */
  value(size: number): number {
    if (size === 0) return 0;
    const bits = this.bits(size);
    return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
  }

  /**
   * The coefficients of a block behind its first one. Most of a file is read here, so the fields are held beside: three times as fast.
   * `kept`: takes the values. @throws PictureError
   */
  coefficients(table: HuffmanTable, { limits, sizes, leastSize }: Limits, kept?: Int16Array): void {
    if (++table.blocks === MANY_BLOCKS) table.strides = stridesOf(table, FAST_BITS);
    const { bytes } = this;
    const { fast, strides } = table;
    const passesOver = kept === undefined;
    const longest = passesOver ? leastSize : 0;
    let [held, count, at] = [this.#held, this.#count, this.#at];
    for (let k = 1; k < 64; k++) {
      // Sixteen bits of code and ten of value; 25 are there after this, and a code is as long only where values are short.
      while (count <= 24) {
        const byte = bytes[at];
        if (byte === 0xff) {
          if (bytes[at + 1] !== 0) {
            this.#beyond += 8;
            held <<= 8;
            count += 8;
            continue;
          }
          at++;
        }
        at++;
        held = (held << 8) | byte;
        count += 8;
      }
      const stride = strides[(held >>> (count - STRIDE_BITS)) & STRIDE_MASK];
      const next = k + placesOf(stride);
      if (stride !== 0 && next <= 64 && sizeOf(stride) <= longest) {
        count -= bitsOf(stride);
        if (endsBlock(stride)) break;
        k = next - 1;
        continue;
      }
      let found = fast[(held >>> (count - FAST_BITS)) & FAST_MASK];
      if (found === 0) {
        [this.#held, this.#count, this.#at] = [held, count, at];
        found = this.#longSymbol(table);
      }
      count -= found >>> 8;
      const size = found & 15;
      const run = (found >> 4) & 15;
      if (size === 0) {
        if (run === 0) break;
        if (run !== 15) throw damaged('its codes make no sense');
        k += 15;
        continue;
      }
      k += run;
      if (k > 63) throw damaged('its codes make no sense');
      if (passesOver && size <= sizes[k] && size <= count) {
        count -= size;
        continue;
      }
      [this.#held, this.#count, this.#at] = [held, count, at];
      const value = this.value(size);
      if (Math.abs(value) > limits[k]) throw damaged('its values cannot be');
      if (kept) kept[k] = value;
      [held, count, at] = [this.#held, this.#count, this.#at];
    }
    [this.#held, this.#count, this.#at] = [held, count, at];
  }

  /** No marker stands before it that was not read. */
  get at(): number {
    return this.#at;
  }

  isUsedUp(): boolean {
    return this.#beyond > this.#count;
  }

  /** Passes the marker that counts restarts, the one of number `n`. @throws PictureError */
  restart(n: number): void {
    this.#count = this.#held = this.#beyond = 0;
    while (this.bytes[this.#at] === 0xff && this.bytes[this.#at + 1] === 0xff) this.#at++;
    if (this.bytes[this.#at] !== 0xff || this.bytes[this.#at + 1] !== 0xd0 + (n & 7)) throw damaged('a part of its pixels is missing');
    this.#at += 2;
  }

  /** Length × 256 + symbol. */
  #longSymbol({ largest, offsets, symbols }: HuffmanTable): number {
    for (let length = FAST_BITS + 1; length <= LONGEST; length++) {
      const code = (this.#held >>> (this.#count - length)) & ((1 << length) - 1);
      if (code <= largest[length]) return (length << 8) | symbols[code + offsets[length]];
    }
    throw this.#beyond > 0 ? cutOff() : damaged('its codes make no sense');
  }

  #fill(): void {
    while (this.#count <= 24) {
      const byte = this.bytes[this.#at];
      if (byte !== 0xff) this.#at++;
      else if (this.bytes[this.#at + 1] === 0) this.#at += 2;
      else {
        // A marker: the data end here.
        this.#beyond += 8;
        this.#held <<= 8;
        this.#count += 8;
        continue;
      }
      this.#held = (this.#held << 8) | byte;
      this.#count += 8;
    }
  }
}
