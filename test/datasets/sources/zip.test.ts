// An archive is read in place and never trusted: the same data set as the folder it was made of, and every trick refused by name.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { importFolder } from '#datasets/import-folder';
import { crc32, tableCrc32 } from '#datasets/sources/crc32';
import { ZipSource } from '#datasets/sources/zip';
import type { CheckReport } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder, type ZipEntryOf } from '#test/support/zip';

const SMALL = { width: 8, height: 6, channels: 3 } as const;
const whole = () => zipOfFolder(tinyImageFolder());
const brief = (report: CheckReport) => report.problems.map(({ file, kind, severity }) => `${file} ${kind} ${severity}`);

function archive(entries: ZipEntryOf[], options = {}, name = 'pets.zip'): string {
  const folder = temporaryFolder();
  writeAt(folder, name, zipBytes(entries, options));
  return join(folder, name);
}

const refusal = async (path: string) => {
  const failure = await checkFolder(path).then(() => undefined, toFailure);
  expect(failure).toMatchObject({ kind: 'dataset-invalid', path });
  return failure && 'problem' in failure ? failure.problem : '';
};

describe('the same data set as the folder it was made of', () => {
  test.each([
    ['plainly', () => archive(whole())],
    [
      'with one more folder around everything, and what macOS adds',
      () => archive([...zipOfFolder(tinyImageFolder(), 'pets/'), { name: '__MACOSX/pets/._x', data: Buffer.from('x') }]),
    ],
    [
      'as zip64',
      () =>
        archive(
          whole().map((entry) => ({ ...entry, zip64: true })),
          { zip64: true },
        ),
    ],
    ['under any name, with a comment', () => archive(whole(), { comment: 'holidays' }, 'pets.backup')],
  ])('%s', async (_, make) => {
    const options = { ...SMALL };
    const fromFolder = await importFolder(tinyImageFolder(), options, join(temporaryFolder(), 'version'));
    const path = make();
    const into = join(temporaryFolder(), 'version');
    const fromZip = await importFolder(path, options, into);
    expect(fromZip.contentHash).toBe(fromFolder.contentHash);
    expect(fromZip.name).toBe(path.endsWith('.zip') ? 'pets' : 'pets.backup');
    expect(fromZip.samples.map(({ file }) => file.replace(/^pets\//, ''))).toEqual(fromFolder.samples.map(({ file }) => file));
    // Nothing but the version was written, here or beside the archive.
    expect(readdirSync(dirname(path))).toHaveLength(1);
    expect(readdirSync(dirname(into))).toEqual(['version']);
  });

  test('with the split the author made', async () => {
    const root = temporaryFolder();
    tinyImageFolder(['cat', 'dog'], 4, root, 'train');
    tinyImageFolder(['cat', 'dog'], 2, root, 'val');
    expect(await checkFolder(archive(zipOfFolder(root)))).toMatchObject({
      layout: 'split-class-folders',
      summary: '2 classes, 12 pictures, own split: 8 train, 4 validation.',
    });
  });

  test('with names written by macOS (UTF-8 without saying so), by Windows (backslashes) and in code page 437', async () => {
    const picture = (seed: number) => ({ data: pngBytes({ seed }) });
    const report = await checkFolder(
      archive([
        { name: 'bär/1.png', ...picture(1) },
        { name: 'dog\\2.png', ...picture(2) },
        { name: Buffer.from([0x82, 0x2f, 0x33, 0x2e, 0x70, 0x6e, 0x67]), ...picture(3) },
      ]),
    );
    expect(report.classes.map(({ label }) => label)).toEqual(['bär', 'dog', 'é']);
  });
});

test('every trick is refused by name; what else the archive holds is used', async () => {
  const picture = pngBytes({ seed: 70 });
  const zeros = Buffer.alloc(20e6);
  const report = await checkFolder(
    archive([
      ...whole(),
      { name: '../../evil.png', data: picture },
      { name: 'cat/../../evil.png', data: picture },
      { name: '/etc/evil.png', data: picture },
      { name: 'C:\\evil.png', data: picture },
      { name: '\\\\server\\evil.png', data: picture },
      { name: 'cat/./evil.png', data: picture },
      { name: 'cat/new\nline.png', data: picture },
      { name: `cat/${'x'.repeat(2000)}.png`, data: picture },
      { name: 'cat/0.png', data: picture },
      { name: 'cat/0.png/inside.png', data: picture },
      { name: 'cat/link.png', data: Buffer.from('/etc/passwd'), mode: 0o120777 },
      { name: 'cat/pipe.png', mode: 0o010644 },
      {
        name: 'cat/locked.png',
        data: picture,
        flags: 1,
        packed: Buffer.concat([Buffer.alloc(12), picture]),
        packedBytes: picture.length + 12,
      },
      { name: 'cat/bzip2.png', data: picture, method: 12 },
      { name: 'cat/bomb.png', data: zeros, deflate: true },
      { name: 'dog/flipped.png', data: picture, crc: 123 },
      { name: 'dog/longer.png', data: picture, deflate: true, unpackedBytes: picture.length - 5 },
      { name: 'dog/shorter.png', data: picture, deflate: true, unpackedBytes: picture.length + 5 },
      { name: 'dog/garbled.png', data: picture, method: 8, packed: Buffer.alloc(60, 7), packedBytes: 60 },
    ]),
  );
  expect(brief(report)).toEqual(
    [
      '../../evil.png outside-folder error',
      '/etc/evil.png outside-folder error',
      '//server/evil.png outside-folder error',
      'C:/evil.png outside-folder error',
      'cat/../../evil.png outside-folder error',
      'cat/./evil.png outside-folder error',
      'cat/0.png duplicate error',
      'cat/0.png/inside.png duplicate error',
      'cat/bomb.png too-large error',
      'cat/bzip2.png unsupported error',
      'cat/link.png outside-folder error',
      'cat/locked.png unsupported error',
      'cat/new\nline.png outside-folder error',
      'cat/pipe.png not-a-picture error',
      `cat/${'x'.repeat(2000)}.png outside-folder error`,
      'dog/flipped.png unreadable error',
      'dog/garbled.png unreadable error',
      'dog/longer.png unreadable error',
      'dog/shorter.png unreadable error',
    ].sort(),
  );
  for (const { message } of report.problems) expect(message).toMatch(/^[A-Z].+[.;] .+\.$/s);
  expect(report.pictures).toBe(6);
});

describe('refuses as a whole', () => {
  test('a bomb of many entries', async () => {
    const packed = deflateRawSync(Buffer.alloc(7e6));
    const bomb = Array.from({ length: 200 }, (_, i) => ({ name: `cat/${i}.png`, method: 8, packed, unpackedBytes: 7e6, crc: 0 }));
    expect(await refusal(archive(bomb))).toMatch(/would unpack to 1\.40 GB/);
  });

  test('entries that overlap', async () => {
    const [first, ...rest] = whole();
    const big = { ...first, data: pngBytes({ width: 200, height: 200 }), deflate: false };
    const same = Array.from({ length: 20 }, (_, i) => ({ ...big, name: `cat/again-${i}.png`, at: 0 }));
    expect(await refusal(archive([big, ...rest, ...same]))).toMatch(/overlap/);
  });

  test.each([
    ['cut off', (zip: Buffer) => zip.subarray(0, zip.length - 30)],
    ['without its directory', (zip: Buffer) => Buffer.concat([zip.subarray(0, 100), zip.subarray(-22)])],
    ['locked with strong encryption', () => zipBytes([{ name: 'a.png', data: pngBytes(), flags: 0x41 }])],
  ])('an archive %s', async (_, change) => {
    const folder = temporaryFolder();
    writeAt(folder, 'broken.zip', change(zipBytes(whole())));
    expect(await refusal(join(folder, 'broken.zip'))).toMatch(/damaged or cut off|locked with a password/);
  });

  test('archives of other kinds, by their names', async () => {
    const folder = temporaryFolder();
    writeAt(folder, 'a.rar', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'));
    writeAt(folder, 'a.zip', Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'));
    expect(await refusal(join(folder, 'a.rar'))).toMatch(/RAR/);
    expect(await refusal(join(folder, 'a.zip'))).toMatch(/7-Zip/);
  });

  test('an empty archive, in words', async () => {
    expect((await checkFolder(archive([]))).blocking).toHaveLength(1);
  });
});

test('a stream ends with the checksum compared', async () => {
  const data = pngBytes({ width: 300, height: 300 });
  const collect = async (entry: Partial<ZipEntryOf>) => {
    const source = await ZipSource.open(archive([{ name: 'a.bin', data, deflate: true, ...entry }]));
    try {
      return Buffer.concat(await (await source.stream('a.bin')).toArray());
    } finally {
      await source.close();
    }
  };
  expect(await collect({})).toEqual(data);
  await expect(collect({ crc: 1 })).rejects.toThrow(/damaged inside the archive/);
  await expect(collect({ unpackedBytes: data.length - 100 })).rejects.toThrow(/damaged inside the archive/);
  await expect(collect({ packed: Buffer.alloc(50, 7) })).rejects.toThrow(/damaged inside the archive/);
});

test('the checksum of Node 18 is that of the others', () => {
  const bytes = readFileSync(__filename);
  expect(tableCrc32(bytes)).toBe(crc32(bytes));
  expect(tableCrc32(bytes.subarray(100), tableCrc32(bytes.subarray(0, 100)))).toBe(crc32(bytes));
  expect(tableCrc32(Buffer.from('123456789'))).toBe(0xcbf43926);
});
