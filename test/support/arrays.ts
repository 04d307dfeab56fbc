// Files of arrays, small, as MNIST, CIFAR and NumPy lay them out.
import { gzipSync } from 'node:zlib';
import { writeAt } from './pictures';
import { temporaryFolder } from './temporary-folder';

/** Values that differ from picture to picture. */
export const arrayValues = (count: number, each: number, seed = 1): Buffer => {
  const values = Buffer.alloc(count * each);
  let state = (seed * 2654435761) >>> 0;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state >>> 24;
  }
  return values;
};

export function idxBytes(shape: readonly number[], values: Uint8Array, type = 8): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, type, shape.length]);
  shape.forEach((size, i) => head.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([head, values]);
}

export interface MnistOptions {
  train?: number;
  test?: number;
  side?: number;
  gzip?: boolean;
}

/** A folder like MNIST's, ten classes in turn. */
export function mnistFolder({ train = 30, test = 10, side = 7, gzip = false }: MnistOptions = {}, folder = temporaryFolder()): string {
  for (const [part, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    if (count === 0) continue;
    const write = (name: string, bytes: Buffer) => writeAt(folder, `${part}-${name}${gzip ? '.gz' : ''}`, gzip ? gzipSync(bytes) : bytes);
    write('images-idx3-ubyte', idxBytes([count, side, side], arrayValues(count, side * side, count)));
    write('labels-idx1-ubyte', idxBytes([count], Buffer.from(Array.from({ length: count }, (_, i) => i % 10))));
  }
  return folder;
}

/** Records of CIFAR-10 (one label byte) or CIFAR-100 (two, the second is the class). */
export function cifarBatch(count: number, labelBytes: 1 | 2 = 1, classes = 10, seed = 1): Buffer {
  const pixels = arrayValues(count, 3072, seed);
  return Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      Buffer.concat([Buffer.alloc(labelBytes - 1, 3), Buffer.from([i % classes]), pixels.subarray(i * 3072, (i + 1) * 3072)]),
    ),
  );
}

export function npyBytes(
  descr: string,
  shape: readonly number[],
  data: Uint8Array,
  { fortran = false, version = 1, header }: { fortran?: boolean; version?: number; header?: string } = {},
): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text =
    header ??
    `{'descr': ${descr.startsWith('[') ? descr : `'${descr}'`}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const prefix = version === 1 ? 10 : 12;
  const padded = `${text.padEnd(Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix - 1)}\n`;
  const start = Buffer.alloc(prefix);
  start.write('\x93NUMPY', 'latin1');
  start.set([version, 0], 6);
  if (version === 1) start.writeUInt16LE(padded.length, 8);
  else start.writeUInt32LE(padded.length, 8);
  return Buffer.concat([start, Buffer.from(padded, 'latin1'), data]);
}

export const floats = (values: readonly number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);
