// JPEG: frame header, EXIF orientation, and whether every block of its pixels is there (ITU-T T.81).
import { cutOff, damaged } from '../picture-error';
import { readOrientation } from './exif';
import type { PictureFormat } from './format';
import { edgeOf, keepEdges, type JpegEdge } from './jpeg-edge';
import { addTables, noTables, parseFrame, type Frame, type Tables } from './jpeg-frame';
import { proveScan } from './jpeg-scan';

const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const EXIF = 'Exif\0\0';
const APP14 = 0xee;
/** A long colour profile takes 255, a picture in ten scans some dozens. */
const MOST_SEGMENTS = 10_000;

export const jpeg: PictureFormat = {
  name: 'JPEG',
  extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  matches: (bytes) => bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,

  readHeader(bytes) {
    const { frame, orientation, edge } = walkJpeg(bytes);
    const { width, height, components } = frame;
    const colour = components.length === 1 ? 'grey' : 'colour';
    return { width, height, colour, alpha: false, cmyk: components.length === 4, depth: 8, orientation, edge };
  },
};

/** From Start to End Of Image, every block of it; `tables`: defined elsewhere, as in a TIFF. @throws PictureError */
export function walkJpeg(bytes: Buffer, tables: Tables = noTables()): { frame: Frame; orientation: number; edge?: JpegEdge } {
  let frame: Frame | undefined;
  /** Its colours are stored as they are, not as brightness and differences. */
  let isRgb = false;
  let orientation: number | undefined;
  for (const segment of segments(bytes)) {
    const { marker, data } = segment;
    if (isFrame(marker)) {
      if (frame) throw damaged('it holds two pictures in one');
      frame = parseFrame(marker, data);
      keepEdges(frame);
    } else if (marker === SOS) {
      if (!frame) throw damaged('its header is missing');
      segment.end = proveScan(bytes, segment.end, data, frame, tables);
    } else if (marker === APP1 && orientation === undefined && data.toString('latin1', 0, 6) === EXIF) {
      orientation = readOrientation(data.subarray(6));
    } else {
      if (marker === APP14) isRgb ||= data.toString('latin1', 0, 5) === 'Adobe' && data[11] === 0;
      addTables(tables, marker, data);
    }
  }
  if (!frame || frame.components.some(({ known }) => known[0] === -1)) throw damaged('it holds no pixels');
  return { frame, orientation: orientation ?? 1, edge: isRgb ? undefined : edgeOf(frame) };
}

/** A JPEG of tables alone. @throws PictureError */
export function tablesOf(bytes: Buffer): Tables {
  const tables = noTables();
  for (const { marker, data } of segments(bytes)) addTables(tables, marker, data);
  return tables;
}

/** SOF0 to SOF15 without the tables that share their range (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

interface Segment {
  marker: number;
  data: Buffer;
  /** Where its data end; the next marker is looked for from here. */
  end: number;
}

/** Every marker with its segment, up to End Of Image. */
function* segments(bytes: Buffer): Generator<Segment> {
  for (let at = 2, count = 0; ; count++) {
    if (count > MOST_SEGMENTS) throw damaged('it is in more parts than any picture');
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
    const end = marker + 1 + length;
    if (end > bytes.length) throw cutOff();
    const segment = { marker: code, data: bytes.subarray(marker + 3, end), end };
    yield segment;
    at = segment.end;
  }
}

/** Position of the next marker's code: passes over entropy-coded data, where FF is followed by 00 or a restart marker. */
function nextMarker(bytes: Buffer, from: number): number {
  // A loop, because files of nothing but FF would take minutes with one search for each.
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const code = bytes[at + 1];
    if (code !== 0x00 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at + 1;
  }
  throw cutOff();
}
