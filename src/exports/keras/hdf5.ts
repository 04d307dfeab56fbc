// Writes an HDF5 file: groups in groups, and in them arrays of float32, each in one stretch. No more of the format than that
// (HDF5 File Format Specification 3.0; superblock 0, object headers 1, links in the groups' headers), so that no library of several
// megabytes is needed, whose program would hold every weight once more.
import type { Shape } from '#engine/layers/layer';

export interface Hdf5Array {
  shape: Shape;
  values: Float32Array;
}

export interface Hdf5Group {
  [name: string]: Hdf5Group | Hdf5Array;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const SUPERBLOCK_BYTES = 96;
const UNDEFINED = 0xffff_ffff_ffff_ffffn;
const MESSAGE = { dataspace: 1, linkInfo: 2, datatype: 3, fillValue: 5, link: 6, layout: 8 };

const isArray = (item: Hdf5Group | Hdf5Array): item is Hdf5Array => item.values instanceof Float32Array;

/** Numbers one after another, little-endian. */
class Bytes {
  private readonly list: number[] = [];
  put(size: 1 | 2 | 4 | 8, ...values: (number | bigint)[]): this {
    for (const value of values) {
      const whole = BigInt(value);
      for (let i = 0; i < size; i++) this.list.push(Number((whole >> BigInt(8 * i)) & 0xffn));
    }
    return this;
  }
  get padded(): Uint8Array {
    const bytes = new Uint8Array(8 * Math.ceil(this.list.length / 8));
    bytes.set(this.list);
    return bytes;
  }
}

interface Message {
  type: number;
  body: Uint8Array;
}

const message = (type: number, body: Bytes): Message => ({ type, body: body.padded });

function objectHeader(messages: readonly Message[]): Uint8Array {
  const size = messages.reduce((sum, { body }) => sum + 8 + body.length, 0);
  const header = new Uint8Array(16 + size);
  header.set(new Bytes().put(1, 1, 0).put(2, messages.length).put(4, 1, size).padded);
  let at = 16;
  for (const { type, body } of messages) {
    header.set(new Bytes().put(2, type, body.length).padded, at);
    header.set(body, at + 8);
    at += 8 + body.length;
  }
  return header;
}

/** IEEE 754, 32 bits, little-endian: where sign, exponent and mantissa lie. */
const FLOAT32 = new Bytes().put(1, 0x11, 0x20, 31, 0).put(4, 4).put(2, 0, 32).put(1, 23, 8, 0, 23).put(4, 127);

const arrayMessages = ({ shape, values }: Hdf5Array, address: number): Message[] => [
  message(
    MESSAGE.dataspace,
    new Bytes()
      .put(1, 1, shape.length, 0, 0)
      .put(4, 0)
      .put(8, ...shape),
  ),
  message(MESSAGE.datatype, FLOAT32),
  // Space is there from the beginning, and no value fills it.
  message(MESSAGE.fillValue, new Bytes().put(1, 2, 1, 1, 0)),
  message(MESSAGE.layout, new Bytes().put(1, 3, 1).put(8, address, values.byteLength)),
];

const groupMessages = (links: readonly (readonly [name: string, address: number])[]): Message[] => [
  message(MESSAGE.linkInfo, new Bytes().put(1, 0, 0).put(8, UNDEFINED, UNDEFINED)),
  ...links.map(([name, address]) => {
    const letters = new TextEncoder().encode(name);
    return message(MESSAGE.link, new Bytes().put(1, 1, 0, letters.length, ...letters).put(8, address));
  }),
];

const superblock = (root: number, end: number): Uint8Array =>
  new Bytes()
    .put(1, ...SIGNATURE, 0, 0, 0, 0, 0, 8, 8, 0)
    .put(2, 4, 16)
    .put(4, 0)
    .put(8, 0, UNDEFINED, end, UNDEFINED, 0, root, 0, 0, 0).padded;

/** @param root names of at most 255 letters of ASCII */
export function encodeHdf5(root: Hdf5Group): Uint8Array {
  const parts: Uint8Array[] = [];
  let end = SUPERBLOCK_BYTES;
  const append = (part: Uint8Array): number => {
    const [at, gap] = [end, (8 - (part.byteLength % 8)) % 8];
    parts.push(part, new Uint8Array(gap));
    end += part.byteLength + gap;
    return at;
  };
  /** What it holds first, whose places its header names. */
  const write = (item: Hdf5Group | Hdf5Array): number => {
    if (isArray(item)) {
      const data = append(new Uint8Array(item.values.buffer, item.values.byteOffset, item.values.byteLength));
      return append(objectHeader(arrayMessages(item, data)));
    }
    const links = Object.entries(item).map(([name, child]) => [name, write(child)] as const);
    return append(objectHeader(groupMessages(links)));
  };
  const rootAt = write(root);
  const file = new Uint8Array(end);
  file.set(superblock(rootAt, end));
  let at = SUPERBLOCK_BYTES;
  for (const part of parts) {
    file.set(part, at);
    at += part.byteLength;
  }
  return file;
}
