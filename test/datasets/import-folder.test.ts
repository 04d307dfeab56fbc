// A version is whole or not there; the same content has the same hash; what is left out is listed.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { decodePicture } from '#datasets/decode-picture';
import { importFolder } from '#datasets/import-folder';
import { openDataset } from '#datasets/packed-dataset';
import { SampleFile } from '#datasets/sample-file';
import { sampleFolder } from '#datasets/sample-folder';
import type { ImportProgress } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import { jpegBytes, pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { temporaryFolder } from '#test/support/temporary-folder';

const SMALL = { width: 8, height: 6, channels: 3 } as const;

test('the shipped digits: every pixel is exactly what the source counted', async () => {
  const into = join(temporaryFolder(), 'digits');
  const manifest = await importFolder(sampleFolder('digits'), { width: 8, height: 8, channels: 1 }, into);
  expect(manifest).toMatchObject({ name: 'digits', count: 1797, ownSplit: false, leftOut: [] });
  expect(manifest.labels).toEqual([...'0123456789']);
  const dataset = await openDataset(into);
  onTestFinished(() => dataset.close());
  // The first picture of the source, a zero, as scikit-learn prints it.
  const first = manifest.samples.findIndex(({ file }) => file === '0/digit-0000.png');
  const dots = [...dataset.read([first])].map((value) => (value * 16) / 255);
  expect(dots.map(Math.round).slice(0, 16)).toEqual([0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]);
  for (const dot of dots) expect(Math.abs(dot - Math.round(dot))).toBeLessThan(0.05);
});

test('a picture to classify is decoded to the same bytes as in the data set', async () => {
  const root = tinyImageFolder();
  writeAt(root, 'cat/photo.jpg', await jpegBytes({ width: 90, height: 70 }));
  writeAt(root, 'dog/clear.png', pngBytes({ channels: 4, width: 31, height: 17 }));
  const into = join(temporaryFolder(), 'version');
  const manifest = await importFolder(root, SMALL, into);
  const dataset = await openDataset(into);
  onTestFinished(() => dataset.close());
  for (const [index, { file }] of manifest.samples.entries()) {
    expect(dataset.read([index]), file).toEqual(await decodePicture(readFileSync(join(root, file)), SMALL));
  }
});

describe('the content hash', () => {
  const hashOf = async (root: string, options = {}) =>
    (await importFolder(root, { ...SMALL, ...options }, join(temporaryFolder(), 'version'))).contentHash;

  test('is the same for the same pictures in another folder and at another time', async () => {
    expect(await hashOf(tinyImageFolder())).toBe(await hashOf(tinyImageFolder()));
  });

  test('changes with a pixel, a label, the size, the channels and the split', async () => {
    const [recoloured, relabelled] = [tinyImageFolder(), tinyImageFolder()];
    writeAt(recoloured, 'cat/0.png', pngBytes({ seed: 1 }));
    renameSync(join(relabelled, 'cat'), join(relabelled, 'bird'));
    const split = temporaryFolder();
    for (const label of ['cat', 'dog']) {
      for (const file of ['0.png', '1.png', '2.png']) {
        const part = file === '2.png' ? 'val' : 'train';
        mkdirSync(join(split, part, label), { recursive: true });
        copyFileSync(join(tinyImageFolder(), label, file), join(split, part, label, file));
      }
    }
    const hashes = [
      await hashOf(tinyImageFolder()),
      await hashOf(recoloured),
      await hashOf(relabelled),
      await hashOf(tinyImageFolder(), { width: 9 }),
      await hashOf(tinyImageFolder(), { channels: 1 }),
      await hashOf(split),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('what is left out', () => {
  test('is what the check said, and is listed', async () => {
    const root = tinyImageFolder();
    const jpeg = await jpegBytes({ width: 40, height: 40 });
    writeAt(root, 'cat/cut.jpg', jpeg.subarray(0, 700));
    writeAt(root, 'cat/misnamed.png', jpeg);
    copyFileSync(join(root, 'cat/0.png'), join(root, 'dog/same.png'));
    const report = await checkFolder(root);
    const manifest = await importFolder(root, report.suggested, join(temporaryFolder(), 'version'));
    expect(manifest.leftOut).toEqual(report.problems.filter(({ severity }) => severity === 'error'));
    expect(manifest.leftOut.map(({ file }) => file)).toEqual(['cat/0.png', 'cat/cut.jpg', 'dog/same.png']);
    expect(manifest.count).toBe(report.pictures);
  });

  test('by choice settles a conflict between two copies', async () => {
    const root = tinyImageFolder();
    copyFileSync(join(root, 'cat/0.png'), join(root, 'dog/same.png'));
    const manifest = await importFolder(root, { ...SMALL, leaveOut: ['dog/same.png'] }, join(temporaryFolder(), 'version'));
    expect(manifest.leftOut.map(({ file, kind }) => `${file} ${kind}`)).toEqual(['dog/same.png left-out']);
    expect(manifest.count).toBe(6);
  });
});

describe('nothing is left behind', () => {
  test('by a refused import', async () => {
    const folder = temporaryFolder();
    const error = await importFolder(tinyImageFolder(['cat']), SMALL, join(folder, 'version')).catch(toFailure);
    expect(error).toMatchObject({ kind: 'dataset-invalid', problem: expect.stringMatching(/only one class/) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('by a cancelled import', async () => {
    const folder = temporaryFolder();
    const control = new AbortController();
    const importing = importFolder(tinyImageFolder(['cat', 'dog'], 30), SMALL, join(folder, 'version'), {
      signal: control.signal,
      onProgress: ({ stage }) => void (stage === 'decode' && control.abort()),
    });
    await expect(importing).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('by a disk that is full', async () => {
    const file = await SampleFile.create('/dev/full');
    await file.append(new Uint8Array(100));
    const failure = await file.finish().catch((error) => toFailure(error, '/data/version'));
    expect(failure).toEqual({ kind: 'disk-full', path: '/data/version' });
    await file.close();
  });

  test.skipIf(process.platform !== 'linux').each([
    [1, 'fsync'],
    [80 << 20, 'fdatasync'],
  ])('by a disk that loses what was written: of %i bytes by %s', async (bytes, syscall) => {
    // It takes everything and can flush nothing.
    const file = await SampleFile.create('/dev/null');
    await file.append(new Uint8Array(bytes));
    await expect(file.finish()).rejects.toMatchObject({ code: 'EINVAL', syscall });
    await file.close();
  });

  test.skipIf(!CAN_MOUNT)('by a disk that is too small: nothing is opened', async () => {
    const { folder, leave, makeRoom } = smallDisk(4);
    const stages = new Set<string>();
    const into = join(folder, 'version');
    const options = { width: 64, height: 64, channels: 3 } as const;
    const source = tinyImageFolder(['cat', 'dog'], 20);
    const watch = { onProgress: ({ stage }: { stage: string }) => void stages.add(stage) };
    leave(500_000);
    await expect(importFolder(source, options, into, watch)).rejects.toMatchObject({
      failure: { kind: 'no-room', what: 'import', path: folder, neededBytes: 40 * (64 * 64 * 3 + 400) },
    });
    expect([...stages]).not.toContain('decode');
    expect(readdirSync(folder)).toEqual(['ballast']);
    makeRoom();
    await importFolder(source, options, into);
  });

  test.skipIf(!CAN_MOUNT)(
    'by a disk that others fill while importing: it stops before the last byte, and goes on when there is room',
    async () => {
      const { folder, freeBytes, leave, makeRoom } = smallDisk(24);
      const options = { width: 128, height: 128, channels: 3 } as const;
      const source = tinyImageFolder(['cat', 'dog'], 40);
      const [into, whole] = [join(folder, 'version'), join(temporaryFolder(), 'version')];
      const onProgress = ({ stage, done }: ImportProgress) => void (stage === 'decode' && done >= 30 && leave(900_000));
      await expect(importFolder(source, options, into, { onProgress })).rejects.toMatchObject({
        failure: { kind: 'no-room', what: 'going-import', path: folder },
      });
      expect(freeBytes()).toBeGreaterThan(0);
      expect(existsSync(into)).toBe(false);
      makeRoom();
      const { contentHash } = await importFolder(source, options, into);
      expect(contentHash).toBe((await importFolder(source, options, whole)).contentHash);
    },
  );
});

test('a folder that holds something is never written over; an empty one is used', async () => {
  const folder = temporaryFolder();
  writeAt(folder, 'taken/thesis.txt', 'important');
  await expect(importFolder(tinyImageFolder(), SMALL, join(folder, 'taken'))).rejects.toThrow(/already holds something/);
  expect(readFileSync(join(folder, 'taken/thesis.txt'), 'utf8')).toBe('important');
  mkdirSync(join(folder, 'empty'));
  await importFolder(tinyImageFolder(), SMALL, join(folder, 'empty'));
  expect(statSync(join(folder, 'empty/samples.bin')).size).toBe(6 * 8 * 6 * 3);
  expect(existsSync(join(folder, 'empty/manifest.json'))).toBe(true);
});
