// WebP: size, transparency, EXIF orientation, and whether its chunks reach their end (RFC 9649). Of an animation the first picture is read.
import { cutOff, damaged } from '../picture-error';
import { readOrientation } from './exif';
import type { PictureFormat, PictureHeader } from './format';

const ANIMATION = 0x02;
const ALPHA = 0x10;
/** An animation of hours has fewer. */
const MOST_CHUNKS = 200_000;

export const webp: PictureFormat = {
  name: 'WebP',
  extensions: ['.webp'],
  matches: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',

  readHeader(bytes) {
    let header: PictureHeader | undefined;
    let orientation = 1;
    let hasPixels = false;
    for (const { type, data } of chunks(bytes)) {
      if (type === 'VP8X') header = extended(data);
      else if (type === 'VP8 ') header ??= lossy(data);
      else if (type === 'VP8L') header ??= lossless(data);
      else if (type === 'EXIF') orientation = readOrientation(data.subarray(data.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0));
      hasPixels ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF';
    }
    if (!header || !hasPixels) throw damaged('it holds no pixels');
    return { ...header, orientation };
  },
};

/** Every chunk, padded to even lengths, up to the end that the file declares. */
function* chunks(bytes: Buffer): Generator<{ type: string; data: Buffer }> {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) throw cutOff();
  for (let at = 12, count = 0; at + 8 <= end; count++) {
    if (count > MOST_CHUNKS) throw damaged('it is in more parts than any picture');
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > end) throw cutOff();
    yield { type: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length & 1);
  }
}

const header = (width: number, height: number, alpha: boolean): PictureHeader => {
  if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
  return { width, height, colour: 'colour', alpha, depth: 8, orientation: 1 };
};

function extended(data: Buffer): PictureHeader {
  if (data.length < 10) throw damaged('its header is too short');
  // The decoder gives every frame of an animation with transparency.
  return header(1 + data.readUIntLE(4, 3), 1 + data.readUIntLE(7, 3), (data[0] & (ALPHA | ANIMATION)) !== 0);
}

function lossy(data: Buffer): PictureHeader {
  if (data.length < 10 || data.readUIntBE(3, 3) !== 0x9d012a) throw damaged('its header is missing');
  return header(data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff, false);
}

function lossless(data: Buffer): PictureHeader {
  if (data.length < 5 || data[0] !== 0x2f) throw damaged('its header is missing');
  const bits = data.readUInt32LE(1);
  return header(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff), ((bits >>> 28) & 1) === 1);
}
