// BMP: size, transparency, and whether its rows reach their end (Microsoft, BITMAPINFOHEADER to BITMAPV5HEADER).
import { cutOff, damaged, PictureError } from '../picture-error';
import type { PictureFormat } from './format';

const FILE_HEADER = 14;
const [RGB, RLE8, RLE4, BITFIELDS] = [0, 1, 2, 3];
const DEPTHS = [1, 4, 8, 16, 24, 32];

export const bmp: PictureFormat = {
  name: 'BMP',
  extensions: ['.bmp', '.dib'],
  matches: (bytes) => bytes[0] === 0x42 && bytes[1] === 0x4d,

  readHeader(bytes) {
    if (bytes.length < FILE_HEADER + 40) throw cutOff();
    const [pixelsAt, headerBytes] = [bytes.readUInt32LE(10), bytes.readUInt32LE(14)];
    if (headerBytes < 40 || headerBytes > 124)
      throw new PictureError('unsupported', 'This kind of BMP (of OS/2, or newer than 5) is not read. Save it as PNG.');
    const [width, height] = [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
    const [depth, compression] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
    if (width <= 0 || height === 0) throw damaged(`it declares ${width} × ${height} pixels`);
    if (!DEPTHS.includes(depth) || compression > BITFIELDS) {
      throw new PictureError('unsupported', `This kind of BMP (${depth} bits, compression ${compression}) is not read. Save it as PNG.`);
    }
    const isRuns = compression === RLE8 || compression === RLE4;
    const length = isRuns ? bytes.readUInt32LE(34) : Math.ceil((width * depth) / 32) * 4 * height;
    if (pixelsAt + length > bytes.length) throw cutOff();
    return { width, height, colour: 'colour', alpha: hasAlpha(bytes, headerBytes, depth, compression), depth: 8, orientation: 1 };
  },
};

/** A mask for it, behind the three of the colours. */
function hasAlpha(bytes: Buffer, headerBytes: number, depth: number, compression: number): boolean {
  if (depth === 32 && compression === RGB) return false;
  return compression === BITFIELDS && headerBytes >= 56 && bytes.length >= 70 && bytes.readUInt32LE(66) !== 0;
}
