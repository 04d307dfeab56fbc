// What a JPEG's frame header and tables say, taken apart and not trusted (ITU-T T.81, annex B).
import { damaged, PictureError } from '../picture-error';
import type { EdgeBlocks } from './jpeg-edge';
import { huffmanTable, type HuffmanTable } from './jpeg-huffman';
import { KnownTables } from './known-tables';

export interface Component {
  id: number;
  /** Sampling factors. */
  h: number;
  v: number;
  quantization: number;
  /** In blocks, as a scan of it alone has them. */
  across: number;
  down: number;
  /** Progressive: by coefficient, the lowest bit that is known; -1 before its first scan. */
  known: Int8Array;
  /** Progressive: one bit a coefficient, set where it is not zero. */
  nonzero: Uint32Array;
  edge?: EdgeBlocks;
}

export interface Frame {
  width: number;
  height: number;
  progressive: boolean;
  components: Component[];
  /** MCUs of a scan of all components. */
  across: number;
  down: number;
}

export interface Tables {
  /** Largest factor of a coefficient, by table and place in zigzag order. */
  quantization: (Uint16Array | undefined)[];
  dc: (HuffmanTable | undefined)[];
  ac: (HuffmanTable | undefined)[];
  restartInterval: number;
}

const QUANTIZATIONS = new KnownTables<Uint16Array>();
const NONE = new Uint32Array(0);
const SOF2 = 0xc2;
const LARGEST_FACTOR = 4;

/** @throws PictureError */
export function parseFrame(marker: number, data: Buffer): Frame {
  if (data.length < 6) throw damaged('its header is too short');
  const [precision, height, width, count] = [data[0], data.readUInt16BE(1), data.readUInt16BE(3), data[5]];
  if (marker > SOF2 || precision !== 8) {
    throw new PictureError(
      'unsupported',
      'This rare kind of JPEG (lossless, arithmetic or 12-bit) is not read. Save it as an ordinary JPEG or PNG.',
    );
  }
  if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
  if (![1, 3, 4].includes(count) || data.length !== 6 + 3 * count) throw damaged(`it declares ${count} colour channels`);
  const sampled = Array.from({ length: count }, (_, i) => {
    const [id, factors, quantization] = data.subarray(6 + 3 * i);
    return { id, h: factors >> 4, v: factors & 15, quantization };
  });
  if (sampled.some(({ h, v, quantization }) => h < 1 || v < 1 || h > LARGEST_FACTOR || v > LARGEST_FACTOR || quantization > 3))
    throw damaged('its header makes no sense');
  if (new Set(sampled.map(({ id }) => id)).size < count) throw damaged('its header makes no sense');
  const [most, highest] = [Math.max(...sampled.map(({ h }) => h)), Math.max(...sampled.map(({ v }) => v))];
  // Written out, as a spread takes longer than all of it.
  const components = sampled.map(({ id, h, v, quantization }): Component => {
    const across = Math.ceil(Math.ceil((width * h) / most) / 8);
    const down = Math.ceil(Math.ceil((height * v) / highest) / 8);
    return { id, h, v, quantization, across, down, known: new Int8Array(64).fill(-1), nonzero: NONE };
  });
  const [across, down] = [Math.ceil(width / (8 * most)), Math.ceil(height / (8 * highest))];
  return { width, height, progressive: marker === SOF2, components, across, down };
}

export const noTables = (): Tables => ({ quantization: [], dc: [], ac: [], restartInterval: 0 });

const DQT = 0xdb;
const DHT = 0xc4;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP15 = 0xef;
const COM = 0xfe;

/** Takes in a segment that defines tables; passes over remarks of programs. @throws PictureError */
export function addTables(tables: Tables, marker: number, data: Buffer): void {
  if (marker === DRI) {
    if (data.length !== 2) throw damaged('its header makes no sense');
    tables.restartInterval = data.readUInt16BE(0);
  } else if (marker === DQT) addQuantization(tables, data);
  else if (marker === DHT) addCodes(tables, data);
  else if ((marker < APP0 || marker > APP15) && marker !== COM) throw damaged('a part of it is of no known kind');
}

function addQuantization(tables: Tables, data: Buffer): void {
  for (let at = 0; at < data.length;) {
    const [wide, place] = [data[at] >> 4, data[at] & 15];
    const length = wide ? 128 : 64;
    if (wide > 1 || place > 3 || at + 1 + length > data.length) throw damaged('its tables make no sense');
    tables.quantization[place] = QUANTIZATIONS.of(data.subarray(at + 1, at + 1 + length), wide ? pairs : single);
    at += 1 + length;
  }
}

const single = (bytes: Buffer): Uint16Array => nonzero(Uint16Array.from(bytes));
const pairs = (bytes: Buffer): Uint16Array => nonzero(Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16BE(2 * i)));

function nonzero(factors: Uint16Array): Uint16Array {
  if (factors.includes(0)) throw damaged('its tables make no sense');
  return factors;
}

function addCodes(tables: Tables, data: Buffer): void {
  for (let at = 0; at < data.length;) {
    const [isAc, place] = [data[at] >> 4, data[at] & 15];
    if (isAc > 1 || place > 3 || at + 17 > data.length) throw damaged('its code tables make no sense');
    const symbols = data.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    if (symbols > 256 || at + 17 + symbols > data.length) throw damaged('its code tables make no sense');
    const body = data.subarray(at + 1, at + 17 + symbols);
    if (isAc) tables.ac[place] = huffmanTable(body, 'AC');
    else tables.dc[place] = huffmanTable(body, 'DC');
    at += 17 + symbols;
  }
}
