// Whole, small inputs of each kind that is read, and how each is changed: anywhere, or inside and then put together rightly again, so that
// changes get past the checksums.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync, inflateSync } from 'node:zlib';
import type { Question } from '../reference/reader';
import { arrayValues, idxBytes, npyBytes } from '../arrays';
import { PALETTE, stripes, valuesPng } from '../masks';
import { jpegBytes, pngBytes, pngOfChunks, pngChunks } from '../pictures';
import { csvText, encoded } from '../table';
import { zipBytes, type ZipEntryOf } from '../zip';
import { mutated, type Draw } from './mutate';
import type { HostileInput } from './protocol';

export interface Hostile {
  input: HostileInput;
  /** What the reference is asked about it. */
  question?: { kind: Question; bytes: Uint8Array };
}

export type Subject = (draw: Draw) => Hostile;

const FIXTURES = join(__dirname, '..', '..', 'fixtures');
const fixtures = (ending: RegExp) =>
  ['pictures', 'formats'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder))
      .filter((name) => ending.test(name))
      .map((name) => readFileSync(join(FIXTURES, folder, name))),
  );

const picture = (bytes: Uint8Array): Hostile => ({ input: { kind: 'picture', bytes }, question: { kind: 'p', bytes } });

/** With a palette that has every index of so many bits. */
const MASK_BITS = [1, 2, 4];
const mask = (bytes: Uint8Array): Hostile => ({ input: { kind: 'mask', bytes } });

function changedPng(bytes: Buffer, draw: Draw): Buffer {
  const chunks = pngChunks(bytes);
  const chosen = draw.of(chunks.filter(({ data }) => data.length > 0));
  if (chosen.type === 'IDAT' && chunks.filter(({ type }) => type === 'IDAT').length === 1 && draw.below(2)) {
    chosen.data = deflateSync(mutated(inflateSync(chosen.data), draw));
  } else chosen.data = mutated(chosen.data, draw);
  return pngOfChunks(chunks);
}

/** Six pictures to be named by a table or put into an archive. */
export const PICTURES = Array.from({ length: 6 }, (_, i) => ({ name: `pic-${'abcdef'[i]}.png`, bytes: pngBytes({ seed: 40 + i }) }));
const ROWS = PICTURES.map(({ name }, i) => `${name},${i % 2 ? 'dog' : 'cat'}`);
const TABLES: Buffer[] = [
  `file,label\n${ROWS.join('\n')}\n`,
  `"file","label"\r\n${ROWS.map((row) => `"${row.replace(',', '","')}"`).join('\r\n')}\r\n`,
  `\ufefffile;label;split\n${ROWS.map((row) => `${row.replace(',', ';')};train`).join('\n')}\n`,
  `file\tlabel\n${ROWS.join('\n').replaceAll(',', '\t')}\n`,
].map((text) => Buffer.from(text));
TABLES.push(Buffer.from(`\ufeff${TABLES[0].toString()}`, 'utf16le'));

function csv(draw: Draw): Hostile {
  const table = mutated(draw.of(TABLES), draw);
  const chosen = draw.below(2) ? { chosen: 'labels.csv' } : {};
  return { input: { kind: 'source', files: [...PICTURES, { name: 'labels.csv', bytes: table }], ...chosen } };
}

const CELLS = Array.from({ length: 40 }, (_, i) => [
  `${i}`,
  `${((i * 7919) % 97) / 10}`,
  `2026-${String(1 + (i % 12)).padStart(2, '0')}-1${i % 10}`,
  ['red', 'green', 'a, b'][i % 3],
  i % 2 ? 'yes' : 'no',
]);
const LEARNT = [['number', 'size', 'day', 'colour', 'good'], ...CELLS];
const WHOLE_TABLES = [
  encoded(csvText(LEARNT)),
  encoded(
    csvText(
      LEARNT.map((row) => row.map((cell) => cell.replace('.', ','))),
      { separator: ';', newline: '\r\n' },
    ),
    'utf-8',
    true,
  ),
  encoded(csvText(LEARNT, { separator: '\t' }), 'utf-16le', true),
  encoded(csvText(LEARNT), 'windows-1252'),
];

const table = (draw: Draw): Hostile => ({ input: { kind: 'table', bytes: mutated(draw.of(WHOLE_TABLES), draw) } });

const IMAGES = idxBytes([9, 5, 4], arrayValues(9, 20));
const LABELS = idxBytes([9], Buffer.from(Array.from({ length: 9 }, (_, i) => i % 3)));

function idx(draw: Draw): Hostile {
  const isImages = draw.below(3) > 0;
  const how = draw.below(3);
  const change = (bytes: Buffer) =>
    how === 0 ? mutated(bytes, draw) : how === 1 ? gzipSync(mutated(bytes, draw)) : mutated(gzipSync(bytes), draw);
  const images = isImages ? change(IMAGES) : IMAGES;
  const files = [
    { name: 'train-images-idx3-ubyte', bytes: images },
    { name: 'train-labels-idx1-ubyte', bytes: isImages ? LABELS : change(LABELS) },
  ];
  return { input: { kind: 'source', files }, question: { kind: 'i', bytes: images } };
}

const ARRAYS: [x: Buffer, y: Buffer][] = [
  [npyBytes('|u1', [6, 5, 4], arrayValues(6, 20)), npyBytes('<i8', [6], Buffer.from(new BigInt64Array([0n, 1n, 2n, 0n, 1n, 2n]).buffer))],
  [npyBytes('|u1', [4, 3, 5, 3], arrayValues(4, 45)), npyBytes('|S1', [4], Buffer.from('abab'))],
  [
    npyBytes('<f4', [4, 3, 2], Buffer.from(Float32Array.from({ length: 24 }, (_, i) => i / 24).buffer)),
    npyBytes('|u1', [4], Buffer.from([1, 2, 1, 2])),
  ],
  [
    npyBytes('|b1', [4, 3, 2], arrayValues(4, 6).map((v) => v & 1) as Buffer),
    npyBytes('<U1', [4], Buffer.from('a\0\0\0b\0\0\0a\0\0\0b\0\0\0')),
  ],
];

function npz(draw: Draw): Hostile {
  const [x, y] = draw.of(ARRAYS);
  const deflate = draw.below(2) === 1;
  const archive = (a: Buffer, b: Buffer) =>
    zipBytes([
      { name: 'x.npy', data: a, deflate },
      { name: 'y.npy', data: b, deflate },
    ]);
  const ways = [
    () => mutated(archive(x, y), draw),
    () => archive(mutated(x, draw), y),
    () => archive(mutated(x, draw), y),
    () => archive(x, mutated(y, draw)),
  ];
  const bytes = draw.of(ways)();
  return { input: { kind: 'source', files: [{ name: 'data.npz', bytes }], chosen: 'data.npz' }, question: { kind: 'x', bytes } };
}

const ENTRIES: ZipEntryOf[] = PICTURES.map(({ name, bytes }, i) => ({
  name: `${i % 2 ? 'dog' : 'cat'}/${name}`,
  data: bytes,
  deflate: i > 2,
}));
const ARCHIVES = [
  zipBytes(ENTRIES),
  zipBytes(
    ENTRIES.map((entry) => ({ ...entry, zip64: true })),
    { zip64: true },
  ),
  zipBytes(ENTRIES, { comment: 'a comment' }),
];

const zip = (draw: Draw): Hostile => ({
  input: { kind: 'source', files: [{ name: 'pets.zip', bytes: mutated(draw.of(ARCHIVES), draw) }], chosen: 'pets.zip' },
});

/** What an archive's pictures were before it was changed: whatever is read from one is one of these. */
export const PACKED = new Set(PICTURES.map(({ bytes }) => bytes.toString('latin1')));

export async function subjects(): Promise<Record<string, Subject>> {
  const pngs = [...fixtures(/\.png$/), pngBytes({ width: 40, height: 30 })];
  const jpegs = [...fixtures(/\.jpg$/), await jpegBytes({ width: 64, height: 48 })];
  const others = fixtures(/\.(webp|gif|bmp|tif)$/);
  const maskPngs = MASK_BITS.flatMap((bits) =>
    [undefined, PALETTE.subarray(0, 3 * 2 ** bits)].map((palette) => valuesPng(24, 18, stripes(24, 18, 2), bits, palette)),
  );
  const masks = [...maskPngs, ...fixtures(/\.(gif|tif|bmp)$/)];
  return {
    png: (draw) => picture(draw.below(2) ? changedPng(draw.of(pngs), draw) : mutated(draw.of(pngs), draw)),
    jpeg: (draw) => picture(mutated(draw.of(jpegs), draw)),
    mask: (draw) => mask(draw.below(4) ? changedPng(draw.of(maskPngs), draw) : mutated(draw.of(masks), draw)),
    'other pictures': (draw) => picture(mutated(draw.of(others), draw)),
    csv,
    table,
    idx,
    npz,
    zip,
  };
}
