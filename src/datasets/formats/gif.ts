// GIF: the first picture of it (GIF89a). The decoder beside the others knows no GIF.
import { cutOff, damaged, PictureError } from '../picture-error';
import type { PictureFormat } from './format';
import { unpackCodes } from './gif-codes';

/** Decoded in JavaScript, so kept small enough to take well below a second. */
const MOST_PIXELS = 30e6;
/** The largest picture's codes take a sixth of this. */
const MOST_BLOCKS = 1_000_000;
const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const GRAPHIC_CONTROL = 0xf9;
/** Rows of an interlaced picture: where each pass begins, and from row to row. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
];

interface Frame {
  screen: { width: number; height: number };
  left: number;
  top: number;
  width: number;
  height: number;
  palette: Buffer;
  transparent?: number;
  interlaced: boolean;
  codeSize: number;
  codes: Buffer;
}

export const gif: PictureFormat = {
  name: 'GIF',
  extensions: ['.gif'],
  matches: (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)),

  readHeader(bytes) {
    const { screen, ...frame } = firstFrame(bytes);
    if (screen.width * screen.height > MOST_PIXELS || frame.width * frame.height > MOST_PIXELS) {
      throw new PictureError(
        'too-large',
        `The picture declares ${screen.width} × ${screen.height} pixels; GIFs of at most ${MOST_PIXELS / 1e6} million are read. Save it as PNG.`,
      );
    }
    return { ...screen, colour: 'colour', alpha: hasAlpha({ screen, ...frame }), depth: 8, orientation: 1 };
  },

  /** What the first picture leaves uncovered is transparent. */
  decode(bytes) {
    const frame = firstFrame(bytes);
    const { screen, palette, transparent } = frame;
    const stride = hasAlpha(frame) ? 4 : 3;
    const out = new Uint8Array(screen.width * screen.height * stride);
    eachPixel(frame, (place, index) => {
      if (index === transparent) return;
      // An index beyond the palette is black, as viewers show it.
      for (let c = 0; c < 3; c++) out[place * stride + c] = palette[index * 3 + c] ?? 0;
      if (stride === 4) out[place * stride + 3] = 255;
    });
    return out;
  },
};

/** Palette indices of the first picture; 0 where it leaves the screen uncovered. @throws PictureError */
export function gifIndices(bytes: Buffer): Uint8Array {
  const frame = firstFrame(bytes);
  const indices = new Uint8Array(frame.screen.width * frame.screen.height);
  eachPixel(frame, (place, index) => void (indices[place] = index));
  return indices;
}

/** `place` on the screen, row after row. */
function eachPixel({ screen, left, top, width, height, interlaced, codes, codeSize }: Frame, use: (place: number, index: number) => void) {
  const indices = unpackCodes(codes, codeSize, width * height);
  let from = 0;
  for (const y of rows(height, interlaced)) {
    for (let x = 0; x < width; x++) {
      const index = indices[from++];
      if (left + x < screen.width && top + y < screen.height) use((top + y) * screen.width + left + x, index);
    }
  }
}

const hasAlpha = ({ screen, transparent, left, top, width, height }: Frame): boolean =>
  transparent !== undefined || left > 0 || top > 0 || width < screen.width || height < screen.height;

function* rows(height: number, interlaced: boolean): Generator<number> {
  for (const [first, step] of interlaced ? PASSES : [[0, 1]]) for (let y = first; y < height; y += step) yield y;
}

/** Walks every block to the trailer, so that a cut-off file is found. */
function firstFrame(bytes: Buffer): Frame {
  if (bytes.length < 13) throw cutOff();
  const screen = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (screen.width === 0 || screen.height === 0) throw damaged(`it declares ${screen.width} × ${screen.height} pixels`);
  const shared = paletteAt(bytes, 13, bytes[10]);
  let at = 13 + shared.length;
  let first: Frame | undefined;
  let transparent: number | undefined;
  for (;;) {
    const kind = byteAt(bytes, at++);
    if (kind === TRAILER) break;
    if (kind === EXTENSION) {
      const isControl = byteAt(bytes, at) === GRAPHIC_CONTROL;
      const end = endOfBlocks(bytes, at + 1);
      if (isControl && !first && byteAt(bytes, at + 1) >= 4) transparent = bytes[at + 2] & 1 ? bytes[at + 5] : undefined;
      at = end;
    } else if (kind === IMAGE) {
      if (at + 9 > bytes.length) throw cutOff();
      const [left, top, width, height] = [0, 2, 4, 6].map((offset) => bytes.readUInt16LE(at + offset));
      const flags = bytes[at + 8];
      const own = paletteAt(bytes, at + 9, flags);
      const codesAt = at + 9 + own.length;
      const end = endOfBlocks(bytes, codesAt + 1);
      if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
      first ??= {
        screen,
        left,
        top,
        width,
        height,
        palette: own.length > 0 ? own : shared,
        transparent,
        interlaced: (flags & 0x40) !== 0,
        codeSize: byteAt(bytes, codesAt),
        codes: joinedBlocks(bytes, codesAt + 1, end),
      };
      at = end;
    } else throw damaged('an unknown block is in it');
  }
  if (!first) throw damaged('it holds no pixels');
  return first;
}

function paletteAt(bytes: Buffer, at: number, flags: number): Buffer {
  if ((flags & 0x80) === 0) return Buffer.alloc(0);
  const length = 3 * 2 ** ((flags & 7) + 1);
  if (at + length > bytes.length) throw cutOff();
  return bytes.subarray(at, at + length);
}

/** Blocks of up to 255 bytes each, until an empty one. Nothing is kept of them: a file may be of nothing but blocks of one byte. */
function endOfBlocks(bytes: Buffer, start: number): number {
  for (let at = start; ;) {
    const length = byteAt(bytes, at);
    at += 1 + length;
    if (length === 0) return at;
    if (at > bytes.length) throw cutOff();
  }
}

function joinedBlocks(bytes: Buffer, start: number, end: number): Buffer {
  const joined = Buffer.allocUnsafe(end - start);
  let filled = 0;
  for (let at = start, blocks = 0; at < end; at += 1 + bytes[at]) {
    if (++blocks > MOST_BLOCKS) throw damaged('its codes are in more parts than any picture');
    filled += bytes.copy(joined, filled, at + 1, at + 1 + bytes[at]);
  }
  return joined.subarray(0, filled);
}

function byteAt(bytes: Buffer, at: number): number {
  if (at >= bytes.length) throw cutOff();
  return bytes[at];
}
