// PNG: header, transparency, EXIF orientation, and whether the chunks reach their end (PNG specification, third edition).
import { cutOff, damaged } from '../picture-error';
import { readOrientation } from './exif';
import type { PictureFormat, PictureHeader } from './format';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOUR_TYPES: Record<number, { colour: PictureHeader['colour']; alpha: boolean }> = {
  0: { colour: 'grey', alpha: false },
  2: { colour: 'colour', alpha: false },
  3: { colour: 'colour', alpha: false },
  4: { colour: 'grey', alpha: true },
  6: { colour: 'colour', alpha: true },
};

export const png: PictureFormat = {
  name: 'PNG',
  extensions: ['.png'],
  matches: (bytes) => bytes.subarray(0, 8).equals(SIGNATURE),

  readHeader(bytes) {
    let header: PictureHeader | undefined;
    let hasPixels = false;
    for (const { type, data } of chunks(bytes)) {
      if (!header) {
        if (type !== 'IHDR' || data.length !== 13) throw damaged('its header is missing');
        header = parseHeader(data);
      } else if (type === 'tRNS') header.alpha = true;
      else if (type === 'eXIf') header.orientation = readOrientation(data);
      else if (type === 'IDAT') hasPixels = true;
    }
    if (!header || !hasPixels) throw damaged('it holds no pixels');
    return header;
  },
};

function parseHeader(data: Buffer): PictureHeader {
  const kind = COLOUR_TYPES[data[9]];
  if (!kind) throw damaged(`colour type ${data[9]} does not exist`);
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  if (width === 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
  return { width, height, ...kind, depth: data[8] === 16 ? 16 : 8, orientation: 1 };
}

/** Every chunk up to IEND. */
function* chunks(bytes: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = SIGNATURE.length; ;) {
    if (at + 12 > bytes.length) throw cutOff();
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) throw cutOff();
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return;
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}
