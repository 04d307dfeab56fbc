// Files made to do harm or broken on the way, the same every time: truncations, flips, wrong headers, giant sizes, bombs, tricks with names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { arrayValues, idxBytes, npyBytes } from '../arrays';
import { jpegBytes, pngBytes, pngChunks, pngHeader, pngOf, pngOfChunks } from '../pictures';
import { zipBytes, type ZipEntryOf } from '../zip';
import { PICTURES } from './subjects';

export interface HostileFile {
  name: string;
  bytes: Buffer;
}

const FIXTURES = join(__dirname, '..', '..', 'fixtures');
const fixture = (...name: string[]): Buffer => readFileSync(join(FIXTURES, ...name));
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const number = (value: number, bytes: number): Buffer => Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex');
const SHARES = Array.from({ length: 19 }, (_, i) => 5 * (i + 1));

const npz = (x: Buffer, y: Buffer, deflate = true): Buffer => zipBytes([entry('x.npy', x, deflate), entry('y.npy', y, deflate)]);
const entry = (name: string, data: Uint8Array, deflate = false): ZipEntryOf => ({ name, data, deflate });
const pets = (...more: ZipEntryOf[]): Buffer =>
  zipBytes([...PICTURES.map(({ name, bytes }, i) => entry(`${i % 2 ? 'dog' : 'cat'}/${name}`, bytes)), ...more]);

async function wholes(): Promise<Record<string, Buffer>> {
  return {
    'a.png': pngBytes({ width: 40, height: 30 }),
    'b.jpg': await jpegBytes({ width: 64, height: 48 }),
    'progressive.jpg': fixture('pictures', 'progressive.jpg'),
    'c.gif': fixture('formats', 'palette.gif'),
    'd.zip': pets(),
    'e.npz': npz(npyBytes('|u1', [6, 5, 4], arrayValues(6, 20)), npyBytes('|u1', [6], Buffer.from([0, 1, 0, 1, 0, 1]))),
    'f-ubyte.gz': gzipSync(idxBytes([9, 5, 4], arrayValues(9, 20))),
  };
}

function* broken(whole: Record<string, Buffer>): Generator<HostileFile> {
  for (const [name, bytes] of Object.entries(whole)) {
    for (const share of SHARES) yield { name: `cut-${share}-${name}`, bytes: bytes.subarray(0, Math.floor((bytes.length * share) / 100)) };
    for (const place of [3, 17, Math.floor(bytes.length / 2), bytes.length - 5]) {
      const flipped = Buffer.from(bytes);
      flipped[place] ^= 0x55;
      yield { name: `flipped-${place}-${name}`, bytes: flipped };
    }
  }
}

function* misleading(whole: Record<string, Buffer>): Generator<HostileFile> {
  yield { name: 'empty.png', bytes: Buffer.alloc(0) };
  yield { name: 'one-byte.jpg', bytes: Buffer.from([0xff]) };
  yield { name: 'jpeg-inside.png', bytes: whole['b.jpg'] };
  yield { name: 'png-inside.jpg', bytes: whole['a.png'] };
  yield { name: 'page.jpg', bytes: ascii('<!DOCTYPE html><html><body>404</body></html>') };
  yield { name: 'text.png', bytes: ascii('this is no picture\n'.repeat(20)) };
  yield { name: 'program.png', bytes: Buffer.concat([ascii('MZ'), Buffer.alloc(600, 0x90)]) };
  yield { name: 'document.jpg', bytes: ascii('%PDF-1.7\n%%EOF\n') };
  for (const [name, magic] of [
    ['png', '\x89PNG\r\n\x1a\n'],
    ['jpg', '\xff\xd8\xff\xe0'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x20\0\0\0WEBPVP8 '],
    ['tif', 'II*\0'],
    ['bmp', 'BM'],
    ['npy', '\x93NUMPY'],
    ['zip', 'PK\x03\x04'],
    ['gz', '\x1f\x8b'],
  ]) {
    yield { name: `only-magic.${name}`, bytes: ascii(magic) };
    yield { name: `magic-and-noise.${name}`, bytes: Buffer.concat([ascii(magic), arrayValues(1, 500, magic.length)]) };
  }
  const [header, data, end] = pngChunks(whole['a.png']);
  const odd = { type: 'PLTE', data: Buffer.from([1, 2, 3, 4]) };
  yield { name: 'cut-palette.png', bytes: pngOfChunks([{ type: 'IHDR', data: pngHeader(40, 30, 3) }, odd, data, end]) };
  yield { name: 'two-headers.png', bytes: pngOfChunks([header, header, data, end]) };
  yield { name: 'pixels-first.png', bytes: pngOfChunks([data, header, end]) };
}

function* giant(): Generator<HostileFile> {
  const few = deflateSync(Buffer.alloc(2000));
  for (const [width, height, type] of [
    [100_000, 100_000, 2],
    [20_000, 20_000, 0],
    [1, 100_000_000, 2],
    [100_000_000, 1, 2],
    [0xffffffff, 0xffffffff, 6],
    [0x7fffffff, 1, 0],
    [10_000, 9_000, 2],
  ])
    yield { name: `${width}x${height}.png`, bytes: pngOf(pngHeader(width, height, type), few) };
  const frame = (width: number, height: number) =>
    Buffer.concat([
      ascii('\xff\xd8\xff\xc0\0\x11\x08'),
      number(height, 2),
      number(width, 2),
      Buffer.from([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    ]);
  yield { name: 'giant.jpg', bytes: Buffer.concat([frame(65_535, 65_535), ascii('\xff\xd9')]) };
  yield {
    name: 'giant.gif',
    bytes: Buffer.concat([ascii('GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0;')]),
  };
  const bmp = fixture('formats', 'rgb.bmp');
  bmp.writeInt32LE(0x7fffffff, 18);
  yield { name: 'giant.bmp', bytes: bmp };
  yield { name: 'giant-ubyte', bytes: idxBytes([0xffffffff, 0xffff, 0xffff], Buffer.alloc(100)) };
  yield { name: 'many-ubyte', bytes: idxBytes([0xffffffff, 1, 1], Buffer.alloc(100)) };
  for (const shape of [[1e12, 28, 28], [3, 1e9, 1e9], [9007199254740991], [0, 0, 0], [20_000_000, 1, 1]])
    yield { name: `${shape.join('x')}.npy`, bytes: npyBytes('|u1', shape, Buffer.alloc(64)) };
  yield { name: 'giant-header.npy', bytes: Buffer.concat([ascii('\x93NUMPY\x02\0\xff\xff\xff\x7f'), Buffer.alloc(64)]) };
  yield { name: 'objects.npy', bytes: npyBytes('|O', [2, 2, 2], Buffer.alloc(64)) };
}

function* bombs(): Generator<HostileFile> {
  const zeros = Buffer.alloc(90e6);
  const packed = deflateSync(zeros);
  yield { name: 'bomb.png', bytes: pngOf(pngHeader(9_999, 9_000, 0), deflateSync(Buffer.alloc(10_000 * 9_000))) };
  yield { name: 'longer-than-it-says.png', bytes: pngOf(pngHeader(10, 10, 3), packed) };
  yield { name: 'bomb-ubyte.gz', bytes: gzipSync(Buffer.concat([idxBytes([90_000, 1_000, 1], Buffer.alloc(0)), zeros])) };
  yield { name: 'bomb-of-names-ubyte.gz', bytes: gzipSync(Buffer.concat([idxBytes([1_900_000], Buffer.alloc(0)), zeros])) };
  yield { name: 'bomb.npz', bytes: npz(npyBytes('|u1', [90, 1_000, 1_000], zeros), npyBytes('|u1', [90], Buffer.alloc(90))) };
  yield { name: 'bomb.zip', bytes: pets({ name: 'cat/bomb.png', data: zeros, deflate: true }) };
  yield { name: 'archive-in-archive.zip', bytes: zipBytes([entry('inner.zip', pets(), true)]) };
  const small = deflateSync(Buffer.alloc(7e6)).subarray(2, -4);
  yield {
    name: 'many-bombs.zip',
    bytes: zipBytes(
      Array.from({ length: 200 }, (_, i) => ({ name: `cat/${i}.png`, method: 8, packed: small, unpackedBytes: 7e6, crc: 0 })),
    ),
  };
  yield {
    name: 'overlapping.zip',
    bytes: pets(...Array.from({ length: 200 }, (_, i) => ({ name: `cat/again-${i}.png`, data: PICTURES[0].bytes, at: 0 }))),
  };
  yield {
    name: 'empty-chunks.png',
    bytes: pngOfChunks([
      { type: 'IHDR', data: pngHeader(4, 4) },
      ...Array.from({ length: 300_000 }, () => ({ type: 'IDAT', data: Buffer.alloc(0) })),
      { type: 'IEND', data: Buffer.alloc(0) },
    ]),
  };
  yield { name: 'fill-bytes.jpg', bytes: Buffer.concat([ascii('\xff\xd8\xff'), Buffer.alloc(20e6, 0xff)]) };
  yield { name: 'tiny-segments.jpg', bytes: Buffer.concat([ascii('\xff\xd8\xff'), Buffer.alloc(8e6, ascii('\xff\xe0\0\x02'))]) };
  yield {
    name: 'tiny-blocks.gif',
    bytes: Buffer.concat([
      ascii('GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x10\0\x10\0\0\x02'),
      Buffer.alloc(8e6, 1),
      ascii('\0;'),
    ]),
  };
  yield {
    name: 'empty-chunks.webp',
    bytes: Buffer.concat([
      ascii('RIFF'),
      Buffer.from(new Uint32Array([8e6 + 4]).buffer),
      ascii('WEBP'),
      Buffer.alloc(8e6, ascii('ABCD\0\0\0\0')),
    ]),
  };
  yield { name: 'one-line.csv', bytes: Buffer.alloc(20e6, 'a,') };
  yield { name: 'open-quote.csv', bytes: Buffer.concat([ascii('file,label\npic-a.png,"'), Buffer.alloc(8e6, 'x\n')]) };
  yield { name: 'many-rows.csv', bytes: Buffer.alloc(12e6, 'pic-a.png,a\n') };
}

function* names(): Generator<HostileFile> {
  const picture = PICTURES[0].bytes;
  const paths = [
    '../../evil.png',
    'cat/../../evil.png',
    '/etc/evil.png',
    'C:\\evil.png',
    '\\\\server\\evil.png',
    'cat/./evil.png',
    'cat//evil.png',
    'cat/new\nline.png',
    `cat/${'x'.repeat(2_000)}.png`,
    `${'deep/'.repeat(190)}x.png`,
    ' ',
    '\0.png',
  ];
  for (const [i, name] of paths.entries()) yield { name: `path-${i}.zip`, bytes: pets({ name, data: picture }) };
  yield {
    name: 'no-text.zip',
    bytes: pets({ name: Buffer.from([0x63, 0x61, 0x74, 0x2f, 0xff, 0xfe, 0x2e, 0x70, 0x6e, 0x67]), data: picture }),
  };
  yield {
    name: 'same-name.zip',
    bytes: pets({ name: 'cat/pic-a.png', data: picture }, { name: 'cat/pic-a.png/inside.png', data: picture }),
  };
  yield {
    name: 'link.zip',
    bytes: pets(
      { name: 'cat/link.png', data: ascii('/etc/passwd'), mode: 0o120777 },
      { name: 'cat/loop', data: ascii('.'), mode: 0o120777 },
    ),
  };
  yield { name: 'device.zip', bytes: pets({ name: 'cat/device.png', mode: 0o020644 }) };
  yield { name: 'wrong-sum.zip', bytes: pets({ name: 'cat/wrong.png', data: picture, crc: 1 }) };
  yield { name: 'wrong-size.zip', bytes: pets({ name: 'cat/wrong.png', data: picture, deflate: true, unpackedBytes: 3 }) };
  const out = PICTURES.map(({ name }, i) => `${name},${i % 2}`).join('\n');
  yield { name: 'paths.csv', bytes: ascii(`file,label\n${out}\n../../etc/passwd,a\n/etc/passwd,b\n`) };
}

/** Their names are told apart by what comes before the last dot, too. */
export async function hostileCorpus(): Promise<HostileFile[]> {
  const whole = await wholes();
  return [...broken(whole), ...misleading(whole), ...giant(), ...bombs(), ...names()];
}
