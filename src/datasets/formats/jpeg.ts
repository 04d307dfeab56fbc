// JPEG: frame header, EXIF orientation, and whether the markers reach End Of Image (ITU-T T.81, annex B).
import { cutOff, damaged, PictureError } from '../picture-error';
import { readOrientation } from './exif';
import type { PictureFormat, PictureHeader } from './format';

const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const EXIF = 'Exif\0\0';

export const jpeg: PictureFormat = {
  name: 'JPEG',
  extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  matches: (bytes) => bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,

  readHeader(bytes) {
    let header: PictureHeader | undefined;
    let orientation = 1;
    let hasPixels = false;
    for (const { marker, data } of segments(bytes)) {
      if (isFrame(marker)) header ??= parseFrame(marker, data);
      else if (marker === SOS) hasPixels = true;
      else if (marker === APP1 && orientation === 1 && data.toString('latin1', 0, 6) === EXIF) {
        orientation = readOrientation(data.subarray(6));
      }
    }
    if (!header || !hasPixels) throw damaged('it holds no pixels');
    return { ...header, orientation };
  },
};

/** SOF0 to SOF15 without the tables that share their range (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function parseFrame(marker: number, data: Buffer): PictureHeader {
  if (data.length < 6) throw damaged('its header is too short');
  const [precision, height, width, components] = [data[0], data.readUInt16BE(1), data.readUInt16BE(3), data[5]];
  if (marker > 0xc2 || precision !== 8) {
    throw new PictureError(
      'unsupported',
      'This rare kind of JPEG (lossless, arithmetic or 12-bit) is not read. Save it as an ordinary JPEG or PNG.',
    );
  }
  if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
  return { width, height, colour: components === 1 ? 'grey' : 'colour', alpha: false, cmyk: components === 4, depth: 8, orientation: 1 };
}

/** Every marker with its segment, up to End Of Image. */
function* segments(bytes: Buffer): Generator<{ marker: number; data: Buffer }> {
  for (let at = 2; ;) {
    const marker = nextMarker(bytes, at);
    const code = bytes[marker];
    if (code === EOI) return;
    if (standsAlone(code)) {
      at = marker + 1;
      continue;
    }
    if (marker + 3 > bytes.length) throw cutOff();
    const length = bytes.readUInt16BE(marker + 1);
    if (length < 2) throw damaged('a segment has no length');
    if (marker + 1 + length > bytes.length) throw cutOff();
    yield { marker: code, data: bytes.subarray(marker + 3, marker + 1 + length) };
    at = marker + 1 + length;
  }
}

/** Position of the next marker's code: passes over entropy-coded data, where FF is followed by 00 or a restart marker. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = from; ;) {
    const ff = bytes.indexOf(0xff, at);
    if (ff < 0 || ff + 1 >= bytes.length) throw cutOff();
    const code = bytes[ff + 1];
    if (code !== 0x00 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return ff + 1;
    at = code === 0xff ? ff + 1 : ff + 2;
  }
}
