// NumPy's .npy: its header, read without trusting it (NEP 1; versions 1 to 3 of the format).
import type { ArrayFile } from './array-file';

export interface NpyHeader {
  /** Where the values begin. */
  start: number;
  /** NumPy's letter: u, i, f, b (boolean), S (bytes), U (text). */
  kind: string;
  /** Of one value. */
  bytes: number;
  bigEndian: boolean;
  shape: number[];
}

const MAGIC = '\x93NUMPY';
const LONGEST_HEADER = 1 << 16;
/** Three entries and nothing else, padded with spaces: what stands beside them would be read as nobody knows what. */
const DICTIONARY = /^\{( *'\w+': *('[^']*'|True|False|\([^()]*\)),?){3} *\}[ \n]*$/;

/** @throws FailureError dataset-invalid for what is no array of plain values */
export async function readNpyHeader(file: ArrayFile): Promise<NpyHeader> {
  const start = await file.read(0, 10).catch(() => undefined);
  if (!start || start.toString('latin1', 0, 6) !== MAGIC)
    throw file.refused('it is named like a NumPy array, and its content is none. Save it again.');
  const version = start[6];
  if (version < 1 || version > 3) throw file.refused(`it is of version ${version} of the format, and 1 to 3 are known. Save it again.`);
  const prefix = version === 1 ? 10 : 12;
  const longer = version === 1 ? start : await file.read(0, prefix).catch(() => undefined);
  const length = version === 1 ? start.readUInt16LE(8) : (longer?.readUInt32LE(8) ?? Infinity);
  const text =
    length > LONGEST_HEADER
      ? undefined
      : await file.read(prefix, length).then(
          (bytes) => bytes.toString('latin1'),
          () => undefined,
        );
  if (text === undefined) throw file.refused('it is cut off within its header, or its header is damaged. Save it again.');
  return { start: prefix + length, ...parseHeader(file, text) };
}

function parseHeader(file: ArrayFile, text: string): Omit<NpyHeader, 'start'> {
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(text);
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text);
  const fortran = /'fortran_order':\s*(True|False)/.exec(text);
  if (/'descr':\s*('[|<>=]?O|\[)/.test(text)) {
    throw file.refused(
      'it holds Python objects, which can run programs when they are opened, so it is not. Save plain numbers (uint8) instead.',
    );
  }
  if (!descr || !shape || !fortran || !DICTIONARY.test(text)) throw file.refused('its header is damaged. Save it again.');
  const sizes = shape[1]
    .split(',')
    .map((size) => size.replace(/L/g, '').trim())
    .filter((size) => size !== '')
    .map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size))) throw file.refused('its header declares a size that cannot be. Save it again.');
  if (fortran[1] === 'True' && sizes.length > 1) {
    throw file.refused('it is stored column by column ("Fortran order"). Save it again after numpy.ascontiguousarray.');
  }
  const width = Number(descr[3] || 1);
  return { kind: descr[2], bytes: descr[2] === 'U' ? 4 * width : width, bigEndian: descr[1] === '>', shape: sizes };
}

export const valuesIn = ({ shape }: NpyHeader): number => shape.reduce((product, size) => product * size, 1);

/** One number at `at`; 64-bit integers as far as they are exact. */
export function numberReader({ kind, bytes, bigEndian }: NpyHeader): ((view: DataView, at: number) => number) | undefined {
  const little = !bigEndian;
  switch (`${kind}${bytes}`) {
    case 'u1':
    case 'b1':
      return (view, at) => view.getUint8(at);
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'u2':
      return (view, at) => view.getUint16(at, little);
    case 'i2':
      return (view, at) => view.getInt16(at, little);
    case 'u4':
      return (view, at) => view.getUint32(at, little);
    case 'i4':
      return (view, at) => view.getInt32(at, little);
    case 'u8':
      return (view, at) => Number(view.getBigUint64(at, little));
    case 'i8':
      return (view, at) => Number(view.getBigInt64(at, little));
    case 'f4':
      return (view, at) => view.getFloat32(at, little);
    case 'f8':
      return (view, at) => view.getFloat64(at, little);
    default:
      return undefined;
  }
}
