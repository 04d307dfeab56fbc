// An array of pictures as NumPy saves it: bytes, or floats from 0 to 1, whichever way its axes lie; anything else is refused with its reason.
import { withMark } from '#shared/language';
import { interleaved } from './planes';
import type { ArrayFile } from './array-file';
import { assertSizes, rawHeader, type PictureArray } from './array-listing';
import { numberReader, valuesIn, type NpyHeader } from './npy';

const CHANNELS = [1, 3, 4];

type Pictures = Omit<PictureArray, 'labels' | 'split'>;

/** Every value is looked at once. @throws FailureError dataset-invalid */
export async function openPictures(file: ArrayFile, header: NpyHeader, signal?: AbortSignal): Promise<Pictures> {
  const { start, kind, bytes, shape } = header;
  const { height, width, channels, planes } = axesOf(file, shape);
  assertSizes(file, shape[0], width, height);
  const values = height * width * channels;
  const isFloat = kind === 'f';
  if (!(kind === 'u' && bytes === 1) && kind !== 'b' && !(isFloat && (bytes === 4 || bytes === 8))) {
    throw file.refused(
      `it holds values of NumPy's type "${kind}${bytes}"; pictures are read as uint8 from 0 to 255 or as floats from 0 to 1. Save it with astype("uint8") if its values are 0 to 255.`,
    );
  }
  const range = new Range(header);
  await file.proveLength(start + valuesIn(header) * bytes, signal, (piece, at) => isFloat && range.look(piece, at - start));
  if (isFloat && (range.least < 0 || range.most > 1 || range.strange)) {
    throw file.refused(
      range.strange
        ? 'it holds values that are no numbers (NaN or infinite). Replace them, or save the pictures as uint8.'
        : `its values go from ${shown(range.least)} to ${shown(range.most)}, and floats are read from 0 to 1. Undo its normalisation, or save the pictures as uint8.`,
    );
  }
  const toBytes = isFloat
    ? floatBytes(header)
    : kind === 'b'
      ? (record: Buffer) => record.map((value) => (value ? 255 : 0))
      : (record: Buffer) => record;
  const toPixels = planes ? (record: Buffer) => interleaved(toBytes(record), height * width, channels) : toBytes;
  return { file, count: shape[0], header: rawHeader(width, height, channels), start, stride: values * bytes, toPixels };
}

function axesOf(file: ArrayFile, shape: number[]): { height: number; width: number; channels: number; planes: boolean } {
  const [, a, b, c] = shape;
  if (shape.length === 3) return { height: a, width: b, channels: 1, planes: false };
  if (shape.length === 4 && CHANNELS.includes(c)) return { height: a, width: b, channels: c, planes: false };
  if (shape.length === 4 && CHANNELS.includes(a)) return { height: b, width: c, channels: a, planes: true };
  const said = `its shape is (${shape.join(', ')})`;
  if (shape.length === 2 && Number.isInteger(Math.sqrt(a)) && a > 1) {
    throw file.refused(
      `${said}, a row of numbers for each picture. Reshape it to (${shape[0]}, ${Math.sqrt(a)}, ${Math.sqrt(a)}) if that is what they are.`,
    );
  }
  throw file.refused(`${said}; pictures are read as (count, height, width), or with 1, 3 or 4 channels after or before the sides.`);
}

/** 0 to 1 becomes 0 to 255, rounded to nearest. */
function floatBytes(header: NpyHeader): (record: Buffer) => Uint8Array {
  const read = numberReader(header)!;
  return (record) => {
    const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
    return Uint8Array.from({ length: record.length / header.bytes }, (_, i) => Math.round(read(view, i * header.bytes) * 255));
  };
}

/** Least and largest of values that come in pieces cut anywhere. */
class Range {
  least = Infinity;
  most = -Infinity;
  strange = false;
  #rest = Buffer.alloc(0);
  readonly #read;

  constructor(private readonly header: NpyHeader) {
    this.#read = numberReader(header);
  }

  look(piece: Buffer, at: number): void {
    if (!this.#read) return;
    const { bytes } = this.header;
    const fresh = at < 0 ? piece.subarray(Math.min(piece.length, -at)) : piece;
    const whole = this.#rest.length > 0 ? Buffer.concat([this.#rest, fresh]) : fresh;
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    const end = whole.length - (whole.length % bytes);
    for (let i = 0; i < end; i += bytes) {
      const value = this.#read(view, i);
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
      if (!Number.isFinite(value)) this.strange = true;
    }
    this.#rest = Buffer.from(whole.subarray(end));
  }
}

const shown = (value: number) => withMark(Number(value.toPrecision(4)));
