// TIFF: what its first directory says, whether its strips or tiles lie in the file, and which kinds are read (TIFF 6.0, parts 1 and 2).
import { cutOff, damaged, PictureError } from '../picture-error';
import type { PictureFormat, PictureHeader } from './format';
import { tablesOf, walkJpeg } from './jpeg';
import { noTables } from './jpeg-frame';

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  stripBytes: 279,
  planar: 284,
  tileOffsets: 324,
  tileBytes: 325,
  extra: 338,
  jpegTables: 347,
  format: 339,
};
const [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK] = [0, 1, 2, 3, 5];
const PHOTOMETRIC: Record<number, string> = {
  3: 'a palette',
  4: 'a transparency mask',
  6: 'YCbCr',
  8: 'CIE L*a*b*',
  9: 'ICC L*a*b*',
  32803: 'a camera’s raw mosaic',
  34892: 'a camera’s raw values',
};
const JPEG = 7;
const UNDEFINED = 7;
const SHORT = 3;
const LONG = 4;
const MOST_ENTRIES = 1_000;
const MOST_VALUES = 1 << 20;

export const tiff: PictureFormat = {
  name: 'TIFF',
  extensions: ['.tif', '.tiff'],
  matches: (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(bytes.toString('latin1', 0, 4)),

  readHeader(bytes) {
    const tags = new Directory(bytes);
    const [width, height] = [tags.one(TAG.width, 0), tags.one(TAG.height, 0)];
    if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
    const [samples, photometric] = [tags.one(TAG.samples, 1), tags.one(TAG.photometric, BLACK_IS_ZERO)];
    const depth = depthOf(tags);
    const header = {
      width,
      height,
      ...channelsOf(tags, samples, photometric, depth),
      depth,
      orientation: turned(tags.one(TAG.orientation, 1)),
    };
    assertInside(bytes, tags);
    return header;
  },
};

const unsupported = (what: string) =>
  new PictureError('unsupported', `This TIFF holds ${what}, which is not read. Save it as PNG, in grey or in RGB.`);
const turned = (orientation: number) => (orientation >= 1 && orientation <= 8 ? orientation : 1);

function depthOf(tags: Directory): 8 | 16 {
  const bits = tags.all(TAG.bits, [1]);
  const format = tags.one(TAG.format, 1);
  if (format !== 1) throw unsupported(format === 3 ? 'floating-point values' : 'signed values');
  if (bits.some((value) => value !== bits[0]) || ![1, 2, 4, 8, 16].includes(bits[0]))
    throw unsupported(`${[...new Set(bits)].join(', ')} bits a channel`);
  return bits[0] === 16 ? 16 : 8;
}

function channelsOf(
  tags: Directory,
  samples: number,
  photometric: number,
  depth: 8 | 16,
): Pick<PictureHeader, 'colour' | 'alpha' | 'cmyk'> {
  if (tags.one(TAG.planar, 1) !== 1 && samples > 1) throw unsupported('its channels one after the other (planar)');
  const extra = tags.all(TAG.extra, []);
  if (photometric === RGB && samples === 3) return { colour: 'colour', alpha: false };
  if (photometric === RGB && samples === 4 && extra[0] === 2) return { colour: 'colour', alpha: true };
  if (photometric === CMYK && samples === 4 && depth === 8) return { colour: 'colour', alpha: false, cmyk: true };
  if ((photometric === BLACK_IS_ZERO || photometric === WHITE_IS_ZERO) && samples === 1) return { colour: 'grey', alpha: false };
  if (photometric === PALETTE) throw unsupported('its colours in a palette');
  if (PHOTOMETRIC[photometric]) throw unsupported(PHOTOMETRIC[photometric]);
  throw unsupported(extra.length > 0 ? `${samples} channels (${extra.length} beside the colours)` : `${samples} channels`);
}

/** A file that was cut off still has its directory where that comes first. */
function assertInside(bytes: Buffer, tags: Directory): void {
  const tiled = tags.has(TAG.tileOffsets);
  const offsets = tags.all(tiled ? TAG.tileOffsets : TAG.stripOffsets, []);
  const lengths = tags.all(tiled ? TAG.tileBytes : TAG.stripBytes, []);
  if (offsets.length === 0 || offsets.length !== lengths.length) throw damaged('its parts are not where it says');
  if (offsets.some((offset, i) => offset + lengths[i] > bytes.length)) throw cutOff();
  if (tags.one(TAG.compression, 1) !== JPEG) return;
  const shared = tags.bytesOf(TAG.jpegTables);
  const tables = shared ? tablesOf(shared) : noTables();
  for (const [i, offset] of offsets.entries()) {
    const part = bytes.subarray(offset, offset + lengths[i]);
    if (part.length < 2 || part.readUInt16BE(0) !== 0xffd8) throw damaged('its parts are not what it says');
    walkJpeg(part, { ...tables });
  }
}

/** The first picture's tags; of a document of several pages the first is read. */
class Directory {
  readonly #entries = new Map<number, { type: number; count: number; at: number }>();
  readonly #little: boolean;

  constructor(private readonly bytes: Buffer) {
    this.#little = bytes[0] === 0x49;
    if (bytes.length < 8) throw cutOff();
    if (this.#short(2) !== 42)
      throw new PictureError('unsupported', 'This is a BigTIFF file, which is not read. Save it as PNG or as ordinary TIFF.');
    const start = this.#long(4);
    if (start + 2 > bytes.length) throw cutOff();
    const count = this.#short(start);
    if (count > MOST_ENTRIES) throw damaged(`it declares ${count} entries`);
    if (start + 2 + count * 12 > bytes.length) throw cutOff();
    for (let at = start + 2; at < start + 2 + count * 12; at += 12) {
      const [type, values] = [this.#short(at + 2), this.#long(at + 4)];
      const size = type === SHORT ? 2 : type === LONG ? 4 : 1;
      this.#entries.set(this.#short(at), { type, count: values, at: values * size <= 4 ? at + 8 : this.#long(at + 8) });
    }
  }

  has(tag: number): boolean {
    return this.#entries.has(tag);
  }

  one(tag: number, otherwise: number): number {
    return this.all(tag, [otherwise])[0] ?? otherwise;
  }

  all(tag: number, otherwise: number[]): number[] {
    const entry = this.#entries.get(tag);
    if (!entry || (entry.type !== SHORT && entry.type !== LONG)) return otherwise;
    const size = entry.type === SHORT ? 2 : 4;
    if (entry.count > MOST_VALUES) throw damaged(`it declares ${entry.count} parts`);
    if (entry.at + entry.count * size > this.bytes.length) throw cutOff();
    return Array.from({ length: entry.count }, (_, i) => (size === 2 ? this.#short(entry.at + 2 * i) : this.#long(entry.at + 4 * i)));
  }

  /** Of a value that is no number. */
  bytesOf(tag: number): Buffer | undefined {
    const entry = this.#entries.get(tag);
    if (!entry || entry.type !== UNDEFINED) return undefined;
    if (entry.at + entry.count > this.bytes.length) throw cutOff();
    return this.bytes.subarray(entry.at, entry.at + entry.count);
  }

  #short(at: number): number {
    return this.#little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  #long(at: number): number {
    return this.#little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }
}
