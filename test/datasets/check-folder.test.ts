// A folder is looked at before anything is copied: every bad file by name, every condition in words.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { sampleFolder } from '#datasets/sample-folder';
import type { CheckReport, ImportProgress } from '#shared/dataset';
import { jpegBytes, pngBytes, pngHeader, pngOf, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const problem = (report: CheckReport, file: string) => report.problems.find((found) => found.file === file);
const brief = (report: CheckReport) => report.problems.map(({ file, kind, severity }) => `${file} ${kind} ${severity}`);

test('the shipped digits are ready', async () => {
  const report = await checkFolder(sampleFolder('digits'));
  expect(report).toMatchObject({
    name: 'digits',
    layout: 'class-folders',
    summary: '10 classes, 1,797 pictures, no split found.',
    sizes: [{ width: 8, height: 8, count: 1797 }],
    colours: { grey: 1797, colour: 0, alpha: 0 },
    suggested: { width: 8, height: 8, channels: 1 },
    problems: [],
    blocking: [],
    advice: [],
  });
  expect(report.classes.map(({ count }) => count)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

describe('names each bad file and says what to do', () => {
  test('by what is in it, not by its name', async () => {
    const root = tinyImageFolder(['cat', 'dog'], 3);
    const jpeg = await jpegBytes({ width: 64, height: 64 });
    writeAt(root, 'cat/cut.jpg', jpeg.subarray(0, jpeg.length - 200));
    writeAt(root, 'cat/empty.png', '');
    writeAt(root, 'cat/notes.txt', 'three cats');
    writeAt(root, 'cat/page.jpg', '<!doctype html><title>Not found</title>');
    writeAt(root, 'cat/really-a-jpeg.png', jpeg);
    writeAt(root, 'dog/anim.psd', '8BPS\x00\x01');
    writeAt(root, 'dog/bomb.png', pngOf(pngHeader(50_000, 50_000), Buffer.alloc(100)));
    writeAt(root, 'dog/garbled.png', pngOf(pngHeader(9, 9), Buffer.from('no deflate stream')));
    writeAt(root, 'loose.png', pngBytes({ seed: 77 }));
    const report = await checkFolder(root);
    expect(brief(report)).toEqual([
      'cat/cut.jpg truncated error',
      'cat/empty.png empty-file error',
      'cat/notes.txt not-a-picture error',
      'cat/page.jpg not-a-picture error',
      'cat/really-a-jpeg.png wrong-extension warning',
      'dog/anim.psd unsupported error',
      'dog/bomb.png too-large error',
      'dog/garbled.png unreadable error',
      'loose.png outside-folder error',
    ]);
    for (const { message } of report.problems) expect(message).toMatch(/^[A-Z].+[.;] .+\.$/);
    expect(report.pictures).toBe(7);
    expect(report.blocking).toEqual([]);
  });

  test('and passes over what systems leave behind', async () => {
    const root = tinyImageFolder();
    for (const file of [
      '.DS_Store',
      'cat/.DS_Store',
      'cat/Thumbs.db',
      'dog/desktop.ini',
      '__MACOSX/cat/._0.png',
      'README.md',
      '.git/HEAD',
    ]) {
      writeAt(root, file, 'x');
    }
    const report = await checkFolder(root);
    expect(report.problems).toEqual([]);
    expect(report.classes.map(({ label }) => label)).toEqual(['cat', 'dog']);
  });

  test.skipIf(process.platform === 'win32')('and never follows a link out of the folder, nor opens a pipe', async () => {
    const outside = temporaryFolder();
    writeAt(outside, 'secret.png', pngBytes({ seed: 5 }));
    const root = tinyImageFolder();
    symlinkSync(join(outside, 'secret.png'), join(root, 'cat', 'out.png'));
    symlinkSync(outside, join(root, 'dog', 'out'));
    symlinkSync(outside, join(root, 'whole-class'));
    symlinkSync(root, join(root, 'dog', 'loop'));
    symlinkSync(join(root, 'nowhere.png'), join(root, 'dog', 'broken.png'));
    execFileSync('mkfifo', [join(root, 'cat', 'pipe.png')]);
    const report = await checkFolder(root);
    expect(brief(report)).toEqual([
      'cat/out.png outside-folder error',
      'cat/pipe.png not-a-picture error',
      'dog/broken.png unreadable error',
      'dog/loop duplicate error',
      'dog/out outside-folder error',
      'whole-class outside-folder error',
    ]);
    expect(report.pictures).toBe(6);
  });

  test.skipIf(process.platform !== 'linux')('and a name that is not text', async () => {
    const root = tinyImageFolder();
    execFileSync('sh', ['-c', 'cp "$0/cat/0.png" "$0/cat/$(printf "b\\377d").png"', root]);
    expect(brief(await checkFolder(root))).toEqual(['cat/b\uFFFDd.png unreadable error']);
  });
});

describe('the same picture twice', () => {
  test('in one class counts twice and is imported; in two classes its copies are left out', async () => {
    const root = tinyImageFolder();
    copyFileSync(join(root, 'cat/0.png'), join(root, 'cat/copy.png'));
    copyFileSync(join(root, 'cat/1.png'), join(root, 'dog/claimed.png'));
    const report = await checkFolder(root);
    expect(brief(report)).toEqual([
      'cat/1.png label-conflict error',
      'cat/copy.png duplicate warning',
      'dog/claimed.png label-conflict error',
    ]);
    expect(problem(report, 'cat/1.png')?.message).toContain('dog/claimed.png');
    expect(problem(report, 'cat/copy.png')?.message).toContain('cat/0.png');
    expect(report.pictures).toBe(6);
  });

  test('in training and in the test is left out of training', async () => {
    const root = temporaryFolder();
    tinyImageFolder(['cat', 'dog'], 3, root, 'train');
    tinyImageFolder(['cat', 'dog'], 1, root, 'test');
    copyFileSync(join(root, 'test/cat/0.png'), join(root, 'train/cat/leak.png'));
    const report = await checkFolder(root);
    expect(brief(report)).toEqual(['train/cat/leak.png duplicate error']);
    expect(problem(report, 'train/cat/leak.png')?.message).toContain('test/cat/0.png');
  });
});

describe('layouts', () => {
  test("the author's own split is kept and counted", async () => {
    const root = temporaryFolder();
    tinyImageFolder(['cat', 'dog'], 4, root, 'train');
    tinyImageFolder(['cat', 'dog'], 2, root, 'valid');
    tinyImageFolder(['cat', 'dog'], 1, root, 'test');
    const report = await checkFolder(root);
    expect(report).toMatchObject({
      layout: 'split-class-folders',
      ownSplit: { train: 8, validation: 4, test: 2 },
      summary: '2 classes, 14 pictures, own split: 8 train, 4 validation, 2 test.',
    });
    expect(report.classes.map(({ label, count }) => `${label} ${count}`)).toEqual(['cat 7', 'dog 7']);
  });

  test('classes named "train" and "test" are classes when nothing lies below them', async () => {
    const report = await checkFolder(tinyImageFolder(['test', 'train']));
    expect(report.layout).toBe('class-folders');
    expect(report.classes.map(({ label }) => label)).toEqual(['test', 'train']);
  });

  test('folders below a class belong to it', async () => {
    const root = tinyImageFolder();
    writeAt(root, 'cat/2024/june/9.png', pngBytes({ seed: 9 }));
    expect((await checkFolder(root)).classes[0]).toMatchObject({ label: 'cat', count: 4 });
  });
});

describe('conditions that forbid an import', () => {
  test.each([
    ['no folders', () => temporaryFolder(), /no class folders/],
    ['one class', () => tinyImageFolder(['cat']), /only one class folder, "cat"/],
    [
      'an empty class',
      () => {
        const root = tinyImageFolder();
        mkdirSync(join(root, 'bird'));
        return root;
      },
      /class "bird" holds no picture/,
    ],
    [
      'a class of broken pictures',
      () => {
        const root = tinyImageFolder();
        writeAt(root, 'bird/a.png', 'broken');
        return root;
      },
      /class "bird" holds no picture/,
    ],
    [
      'a class that is only tested',
      () => {
        const root = temporaryFolder();
        tinyImageFolder(['cat', 'dog'], 2, root, 'train');
        return tinyImageFolder(['bird', 'cat', 'dog'], 1, root, 'test');
      },
      /class "bird" has no picture in the training part/,
    ],
  ])('%s', async (_, make, words) => {
    const { blocking } = await checkFolder(make());
    expect(blocking).toHaveLength(1);
    expect(blocking[0]).toMatch(words);
  });

  test('a folder that is not there, or a file instead of one', async () => {
    const root = tinyImageFolder();
    await expect(checkFolder(join(root, 'nowhere'))).rejects.toMatchObject({ failure: { kind: 'dataset-missing' } });
    await expect(checkFolder(join(root, 'cat', '0.png'))).rejects.toMatchObject({ failure: { kind: 'dataset-invalid' } });
  });
});

test('advice: few pictures, imbalance, mixed sizes and colours, transparency, turned pictures', async () => {
  const root = tinyImageFolder(['cat', 'dog'], 2);
  for (let i = 0; i < 12; i++) writeAt(root, `cat/more-${i}.png`, pngBytes({ seed: 500 + i, width: 100, height: 120 }));
  writeAt(root, 'cat/grey.png', pngBytes({ channels: 1 }));
  writeAt(root, 'cat/clear.png', pngBytes({ channels: 4 }));
  const report = await checkFolder(root);
  expect(report.suggested).toEqual({ kind: 'image-classes', width: 96, height: 96, channels: 3 });
  expect(report.colours).toEqual({ grey: 1, colour: 17, alpha: 1 });
  expect(report.sizes).toEqual([
    { width: 100, height: 120, count: 12 },
    { width: 12, height: 10, count: 6 },
  ]);
  const advice = report.advice.join('\n');
  for (const words of [
    /Fewer than 10 .*"dog"/,
    /"cat" has 8 times/,
    /2 different sizes/,
    /1 picture is grey/,
    /1 picture has transparency/,
  ]) {
    expect(advice).toMatch(words);
  }
});

test('progress reaches its end, and a signal ends the work', async () => {
  const root = tinyImageFolder(['cat', 'dog'], 30);
  const seen: ImportProgress[] = [];
  await checkFolder(root, { onProgress: (progress) => seen.push(progress) });
  expect(seen[0].stage).toBe('look');
  expect(seen.at(-1)).toEqual({ stage: 'check', done: 60, total: 60 });

  const control = new AbortController();
  const onProgress = ({ stage }: ImportProgress) => void (stage === 'check' && control.abort());
  await expect(checkFolder(root, { onProgress, signal: control.signal })).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
});
