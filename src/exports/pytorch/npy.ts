// An array as NumPy saves it (format 1.0), so that Python reads it in place.
import type { Shape } from '#engine/layers/layer';
import type { Values } from '../permute';

export type NpyValues = Uint8Array | Int32Array | Float32Array;

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0];
/** Magic and length of the header. */
const FRONT = MAGIC.length + 2;
const ALIGNMENT = 64;

const typeOf = (values: NpyValues): string => (values instanceof Uint8Array ? '|u1' : values instanceof Int32Array ? '<i4' : '<f4');

/** What stands in front of values of that type. */
export function npyHeader(like: NpyValues, shape: Shape): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${typeOf(like)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = ALIGNMENT * Math.ceil((FRONT + text.length + 1) / ALIGNMENT) - FRONT;
  const bytes = new Uint8Array(FRONT + length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, length, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), FRONT);
  return bytes;
}

/** A copy: what was read is good until the next read. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: NpyValues): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength).slice();

export function toNpy({ shape, values }: Values): Uint8Array {
  const header = npyHeader(values, shape);
  const file = new Uint8Array(header.length + values.byteLength);
  file.set(header);
  file.set(bytesOf(values), header.length);
  return file;
}
