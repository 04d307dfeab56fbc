// Arrays of pictures become the data set their numbers say: every value compared, and what does not fit refused with its reason.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { importFolder } from '#datasets/import-folder';
import { openDataset } from '#datasets/packed-dataset';
import type { PictureOptions } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import { arrayValues, cifarBatch, floats, idxBytes, mnistFolder, npyBytes } from '#test/support/arrays';
import { writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'arrays');

async function imported(path: string, options: PictureOptions) {
  const into = join(temporaryFolder(), 'version');
  const manifest = await importFolder(path, options, into);
  const dataset = await openDataset(into);
  onTestFinished(() => dataset.close());
  return { manifest, pixels: Buffer.from(dataset.read(manifest.samples.map((_, i) => i))) };
}

const problemOf = async (path: string) => {
  const failure = await checkFolder(path).then(() => undefined, toFailure);
  expect(failure).toMatchObject({ kind: 'dataset-invalid' });
  return failure && 'problem' in failure ? failure.problem : '';
};

describe('IDX', () => {
  const GREY = { width: 7, height: 7, channels: 1 } as const;
  const expected = Buffer.concat([arrayValues(10, 49, 10), arrayValues(30, 49, 30)]);
  // t10k comes before train by name.
  const archived = (gzip: boolean) => {
    const folder = temporaryFolder();
    writeAt(folder, 'mnist.zip', zipBytes(zipOfFolder(mnistFolder({ gzip }), 'MNIST/raw/')));
    return join(folder, 'mnist.zip');
  };

  test.each([
    ['in a folder', () => mnistFolder()],
    ['with gzip', () => mnistFolder({ gzip: true })],
    ['one of its files chosen', () => join(mnistFolder({ gzip: true }), 'train-images-idx3-ubyte.gz')],
    ['in an archive', () => archived(false)],
    ['with gzip in an archive', () => archived(true)],
  ])('%s: every value, label and part', async (_, make) => {
    const { manifest, pixels } = await imported(make(), GREY);
    expect(manifest).toMatchObject({ count: 40, ownSplit: true, labels: [...'0123456789'], leftOut: [] });
    expect(pixels.equals(expected)).toBe(true);
    expect(manifest.samples.slice(0, 11).map(({ label, split }) => `${label} ${split}`)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `${i} test`),
      '0 train',
    ]);
    expect(manifest.samples[39].file).toMatch(/train-images-idx3-ubyte(\.gz)?#29$/);
  });

  test('the check says what was found, and suggests its size', async () => {
    expect(await checkFolder(mnistFolder())).toMatchObject({
      layout: 'idx',
      summary: '10 classes, 40 pictures, own split: 30 train, 10 test (IDX arrays).',
      suggested: GREY,
      blocking: [],
    });
  });

  test('the training part alone is no split', async () => {
    expect((await checkFolder(mnistFolder({ test: 0 }))).ownSplit).toBeUndefined();
  });

  const change = (name: string, bytes: (old: Buffer) => Uint8Array | undefined, options = {}) => {
    const folder = mnistFolder(options);
    const made = bytes(readFileSync(join(folder, name)));
    if (made) writeAt(folder, name, made);
    return folder;
  };
  test.each([
    ['cut off', () => change('train-images-idx3-ubyte', (old) => old.subarray(0, 900)), /declares 1,486 bytes and it holds 900/],
    ['too long', () => change('train-images-idx3-ubyte', (old) => Buffer.concat([old, old])), /holds more than the 1,486 bytes/],
    ['gzip cut off', () => change('t10k-images-idx3-ubyte.gz', (old) => old.subarray(0, 200), { gzip: true }), /cut off/],
    [
      'gzip damaged',
      () => change('t10k-images-idx3-ubyte.gz', (old) => Buffer.concat([old.subarray(0, 100), Buffer.alloc(300, 9)]), { gzip: true }),
      /damaged|cut off/,
    ],
    [
      'gigantic by its header',
      () => change('train-images-idx3-ubyte', () => idxBytes([0xffffffff, 60_000, 60_000], Buffer.alloc(50))),
      /labels for the/,
    ],
    [
      'a bomb of gzip',
      () =>
        change('train-images-idx3-ubyte.gz', () => gzipSync(Buffer.concat([idxBytes([30, 7, 7], Buffer.alloc(0)), Buffer.alloc(50e6)])), {
          gzip: true,
        }),
      /holds more than/,
    ],
    ['labels too few', () => change('train-labels-idx1-ubyte', () => idxBytes([29], Buffer.alloc(29))), /29 labels for the 30 pictures/],
    [
      'labels too short',
      () => change('train-labels-idx1-ubyte', () => idxBytes([30], Buffer.alloc(12))),
      /declares 38 bytes and it holds 20/,
    ],
    ['of floats', () => change('train-images-idx3-ubyte', () => idxBytes([30, 7, 7], Buffer.alloc(5880), 0x0d)), /IDX of floats/],
    [
      'without labels',
      () => {
        const folder = temporaryFolder();
        writeAt(folder, 'train-images-idx3-ubyte', idxBytes([30, 7, 7], arrayValues(30, 49)));
        return folder;
      },
      /without their labels/,
    ],
    [
      'two sets in one folder',
      () => {
        const folder = mnistFolder({ test: 0 });
        writeAt(folder, 'letters-train-images-idx3-ubyte', idxBytes([2, 7, 7], arrayValues(2, 49)));
        writeAt(folder, 'letters-train-labels-idx1-ubyte', idxBytes([2], Buffer.from([0, 1])));
        return folder;
      },
      /several data sets/,
    ],
  ])('%s: refused with its reason', async (_, make, words) => {
    expect(await problemOf(make())).toMatch(words);
  });
});

describe('CIFAR', () => {
  const SIZE = { width: 32, height: 32, channels: 3 } as const;
  const NAMES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

  test('CIFAR-10: planes become pixels, names become labels, the test batch the test', async () => {
    const folder = temporaryFolder();
    for (const i of [1, 2]) writeAt(folder, `cifar-10-batches-bin/data_batch_${i}.bin`, cifarBatch(12, 1, 10, i));
    writeAt(folder, 'cifar-10-batches-bin/test_batch.bin', cifarBatch(10, 1, 10, 3));
    writeAt(folder, 'cifar-10-batches-bin/batches.meta.txt', `${NAMES.join('\n')}\n\n`);
    writeAt(folder, 'cifar-10-batches-bin/readme.html', '<html>');
    const { manifest, pixels } = await imported(folder, SIZE);
    expect(manifest).toMatchObject({ count: 34, labels: NAMES, ownSplit: true });
    expect(manifest.samples.filter(({ split }) => split === 'test')).toHaveLength(10);
    const second = cifarBatch(12, 1, 10, 1).subarray(3073 + 1, 2 * 3073);
    for (const [place, channel] of [
      [0, 0],
      [500, 1],
      [1023, 2],
    ])
      expect(pixels[3072 + place * 3 + channel]).toBe(second[channel * 1024 + place]);
    expect(manifest.samples[1]).toMatchObject({ file: 'cifar-10-batches-bin/data_batch_1.bin#01', label: 1, split: 'train' });
  });

  test('CIFAR-100: the fine label of the two', async () => {
    const folder = temporaryFolder();
    writeAt(folder, 'train.bin', cifarBatch(200, 2, 100, 1));
    writeAt(folder, 'test.bin', cifarBatch(100, 2, 100, 2));
    const report = await checkFolder(folder);
    expect(report).toMatchObject({ layout: 'cifar', pictures: 300, ownSplit: { train: 200, test: 100 } });
    expect(report.classes.map(({ count }) => count)).toEqual(Array(100).fill(3));
  });

  test.each([
    ['cut off', 'data_batch_1.bin', cifarBatch(3).subarray(0, 8000), /no whole number of pictures/],
    ['with a label that does not exist', 'data_batch_1.bin', Buffer.alloc(3073, 77), /has the label 77/],
    ['of Python', 'data_batch_1', Buffer.from('\x80\x02}q\x01'), /can run programs/],
  ])('%s: refused with its reason', async (_, name, bytes, words) => {
    const folder = temporaryFolder();
    writeAt(folder, 'batches.meta.txt', NAMES.join('\n'));
    writeAt(folder, name, bytes);
    expect(await problemOf(folder)).toMatch(words);
  });
});

describe('NumPy', () => {
  const expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<string, string>;

  test.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.npz')))('%s: every value as NumPy holds it', async (name) => {
    const { manifest, pixels } = await imported(join(FIXTURES, name), { width: 5, height: 6, channels: 3 });
    const values = Buffer.from(expected[name], 'base64');
    expect(manifest.count).toBe(values.length / 90);
    // Parts come by their names: test before train.
    const shift = { 'split.npz': 8, 'medical.npz': 9 }[name] ?? 0;
    const order =
      name === 'medical.npz'
        ? [9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 8]
        : Array.from({ length: manifest.count }, (_, i) => (i + shift) % manifest.count);
    for (const [place, index] of order.entries())
      expect(pixels.subarray(place * 90, place * 90 + 90).equals(values.subarray(index * 90, index * 90 + 90)), `${place}`).toBe(true);
  });

  test('labels are text or numbers, parts come from names', async () => {
    expect((await checkFolder(join(FIXTURES, 'float32.npz'))).classes.map(({ label, count }) => `${label} ${count}`)).toEqual([
      'fox 6',
      'hen 3',
    ]);
    expect(await checkFolder(join(FIXTURES, 'medical.npz'))).toMatchObject({
      summary:
        '3 classes, 12 pictures, own split: 6 train, 3 validation, 3 test (NumPy arrays test_images with test_labels, train_images with train_labels, val_images with val_labels).',
    });
  });

  const loose = (x: Buffer, y = npyBytes('|u1', [2], Buffer.from([0, 1])), names = ['x.npy', 'y.npy']) => {
    const folder = temporaryFolder();
    writeAt(folder, names[0], x);
    writeAt(folder, names[1], y);
    return folder;
  };
  const two = arrayValues(2, 30);

  test('loose files, of any version of the format, and with one of them chosen', async () => {
    for (const version of [1, 2, 3]) {
      const folder = loose(npyBytes('|u1', [2, 6, 5], two, { version }));
      expect((await imported(folder, { width: 5, height: 6, channels: 1 })).pixels).toEqual(two);
      expect(await checkFolder(join(folder, 'y.npy'))).toMatchObject({ layout: 'numpy', pictures: 2 });
    }
  });

  test.each([
    ['normalised', () => loose(npyBytes('<f4', [2, 2, 2], floats([0, 1, -1.5, 0, 0, 0, 0, 2.25]))), /go from -1\.5 to 2\.25/],
    ['with NaN', () => loose(npyBytes('<f4', [2, 2, 2], floats([0, 1, NaN, 0, 0, 0, 0, 0]))), /no numbers/],
    ['of 32-bit whole numbers', () => loose(npyBytes('<i4', [2, 2, 2], Buffer.alloc(32))), /type "i4"/],
    ['of objects', () => loose(npyBytes('|O', [2, 2, 2], Buffer.alloc(64))), /Python objects/],
    ['of records', () => loose(npyBytes("[('a', '<i4')]", [2], Buffer.alloc(64))), /Python objects/],
    ['column by column', () => loose(npyBytes('|u1', [2, 6, 5], two, { fortran: true })), /Fortran/],
    ['flat', () => loose(npyBytes('|u1', [2, 784], arrayValues(2, 784))), /Reshape it to \(2, 28, 28\)/],
    ['with nine channels', () => loose(npyBytes('|u1', [2, 5, 5, 9], arrayValues(2, 225))), /1, 3 or 4 channels/],
    ['cut off', () => loose(npyBytes('|u1', [2, 6, 5], two.subarray(0, 50))), /cut off/],
    ['of gigantic shape', () => loose(npyBytes('|u1', [99999999, 60000, 60000], two)), /labels for the 99,999,999/],
    ['with gigantic sides', () => loose(npyBytes('|u1', [2, 60000, 60000], two)), /60000 × 60000/],
    ['with a damaged header', () => loose(npyBytes('|u1', [2], two, { header: '{rm -rf}' })), /header is damaged/],
    ['that is none', () => loose(Buffer.from('hello, this is not an array')), /content is none/],
    ['empty', () => loose(Buffer.alloc(0)), /content is none/],
    ['with labels marked in rows', () => loose(npyBytes('|u1', [2, 6, 5], two), npyBytes('|u1', [2, 3], Buffer.alloc(6))), /argmax/],
    ['with labels that are measurements', () => loose(npyBytes('|u1', [2, 6, 5], two), npyBytes('<f4', [2], floats([0.5, 1]))), /type "f"/],
    [
      'without labels',
      () => loose(npyBytes('|u1', [2, 6, 5], two), npyBytes('|u1', [2], two), ['x_train.npy', 'y_test.npy']),
      /no one array of labels/,
    ],
  ])('an array %s: refused with its reason', async (_, make, words) => {
    expect(await problemOf(make())).toMatch(words);
  });
});
