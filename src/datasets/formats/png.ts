// PNG: header, palette, transparency, EXIF orientation, and whether the chunks reach their end (PNG specification, third edition).
import { cutOff, damaged } from '../picture-error';
import { readOrientation } from './exif';
import type { PictureFormat, PictureHeader } from './format';
import { proveIndices, unpackValues } from './png-indices';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** By colour type: what it holds, and the bits of a value that it may have. */
const COLOUR_TYPES: Record<number, { colour: PictureHeader['colour']; alpha: boolean; depths: number[]; transparency: number }> = {
  0: { colour: 'grey', alpha: false, depths: [1, 2, 4, 8, 16], transparency: 2 },
  2: { colour: 'colour', alpha: false, depths: [8, 16], transparency: 6 },
  3: { colour: 'colour', alpha: false, depths: [1, 2, 4, 8], transparency: 256 },
  4: { colour: 'grey', alpha: true, depths: [8, 16], transparency: 0 },
  6: { colour: 'colour', alpha: true, depths: [8, 16], transparency: 0 },
};
const [GREY, INDEXED] = [0, 3];
/** Files of empty chunks would take seconds to walk; a picture of 256 MB in the usual 8 kB has 32,000. */
const MOST_CHUNKS = 200_000;

export interface PngShape {
  width: number;
  height: number;
  /** Of one value, in bits. */
  bits: number;
  type: number;
  interlaced: boolean;
}

export const png: PictureFormat = {
  name: 'PNG',
  extensions: ['.png'],
  matches: (bytes) => bytes.subarray(0, 8).equals(SIGNATURE),

  readHeader(bytes) {
    let shape: PngShape | undefined;
    let [alpha, orientation, colours] = [false, 1, 0];
    const data: Buffer[] = [];
    for (const chunk of chunks(bytes)) {
      if (!shape) {
        if (chunk.type !== 'IHDR') throw damaged('its header is missing');
        shape = parseShape(chunk.data);
        ({ alpha } = COLOUR_TYPES[shape.type]);
      } else if (chunk.type === 'PLTE') {
        // Decoders end with their process at a palette that is cut within a colour.
        if (colours > 0 || data.length > 0) throw damaged('its palette is not where it belongs');
        colours = coloursIn(chunk.data, shape);
      } else if (chunk.type === 'tRNS') {
        if (!isTransparency(chunk.data, shape, colours) || data.length > 0) throw damaged('its transparency makes no sense');
        alpha = true;
      } else if (chunk.type === 'eXIf') orientation = readOrientation(chunk.data);
      else if (chunk.type === 'IDAT') data.push(chunk.data);
      else if (chunk.type === 'IHDR') throw damaged('it has two headers');
    }
    if (!shape || data.length === 0) throw damaged('it holds no pixels');
    if (shape.type === INDEXED) {
      if (colours === 0) throw damaged('its palette is missing');
      if (colours < 2 ** shape.bits) proveIndices(Buffer.concat(data), shape, colours);
    }
    const { width, height, bits, type } = shape;
    return { width, height, colour: COLOUR_TYPES[type].colour, alpha, depth: bits === 16 ? 16 : 8, orientation };
  },
};

/** Palette indices, or grey of at most 8 bits, as they are stored; undefined for other PNGs. @throws PictureError */
export function storedValues(bytes: Buffer): { values: Uint8Array; indexed: boolean } | undefined {
  let shape: PngShape | undefined;
  const data: Buffer[] = [];
  for (const chunk of chunks(bytes)) {
    if (chunk.type === 'IHDR') shape = parseShape(chunk.data);
    else if (chunk.type === 'IDAT') data.push(chunk.data);
  }
  if (!shape || shape.bits > 8 || (shape.type !== INDEXED && shape.type !== GREY)) return undefined;
  return { values: unpackValues(Buffer.concat(data), shape), indexed: shape.type === INDEXED };
}

function parseShape(data: Buffer): PngShape {
  if (data.length !== 13) throw damaged('its header is missing');
  const [width, height, bits, type, compression, filter, interlace] = [data.readUInt32BE(0), data.readUInt32BE(4), ...data.subarray(8)];
  if (!COLOUR_TYPES[type]?.depths.includes(bits)) throw damaged(`colour type ${type} with ${bits} bits does not exist`);
  if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
  if (compression !== 0 || filter !== 0 || interlace > 1) throw damaged('its header makes no sense');
  return { width, height, bits, type, interlaced: interlace === 1 };
}

function coloursIn(data: Buffer, { type, bits }: PngShape): number {
  const colours = data.length / 3;
  const most = type === INDEXED ? 2 ** bits : 256;
  if (!Number.isInteger(colours) || colours < 1 || colours > most) throw damaged('its palette makes no sense');
  return colours;
}

function isTransparency(data: Buffer, { type }: PngShape, colours: number): boolean {
  if (type === INDEXED) return data.length > 0 && data.length <= colours;
  return data.length > 0 && data.length === COLOUR_TYPES[type].transparency;
}

/** Every chunk up to IEND. */
function* chunks(bytes: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = SIGNATURE.length, count = 0; ; count++) {
    if (count > MOST_CHUNKS) throw damaged('it is in more parts than any picture');
    if (at + 12 > bytes.length) throw cutOff();
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) throw cutOff();
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return;
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}
