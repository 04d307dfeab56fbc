// Labels that come from a table or from the names of the pictures: found by looking, said back, and every picture without one named.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { importFolder } from '#datasets/import-folder';
import { findPattern, readPattern } from '#datasets/importers/label-pattern';
import type { PictureCheck } from '#shared/dataset';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';

const brief = (report: PictureCheck) => report.problems.map(({ file, kind }) => `${file} ${kind}`);
const counts = (report: PictureCheck) => report.classes.map(({ label, count }) => `${label} ${count}`);

/** Six different pictures, of no class by their names. */
function pictures(folder = temporaryFolder(), below = ''): string {
  for (let i = 0; i < 6; i++) writeAt(folder, `${below}pic-${'abcdef'[i]}.png`, pngBytes({ seed: 40 + i }));
  return folder;
}

function table(text: string | Buffer, { name = 'labels.csv', below = '' } = {}): string {
  const folder = pictures(undefined, below);
  writeAt(folder, name, text);
  return folder;
}

const ROWS = 'pic-a.png,cat\npic-b.png,dog\npic-c.png,cat\npic-d.png,dog\npic-e.png,cat\npic-f.png,dog\n';
const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('a table of file,label', () => {
  test.each([
    ['with a header', `file,label\n${ROWS}`],
    ['without one', ROWS],
    ['with quotes, spaces and Windows line ends', `"file" , "label"\r\n${ROWS.replace(/(\S+),(\S+)\n/g, '"$1", "$2"\r\n')}`],
    ['with semicolons and a byte order mark', `\ufefffile;label\n${ROWS.replaceAll(',', ';')}`],
    ['with tabs', `file\tlabel\n${ROWS.replaceAll(',', '\t')}`],
    ['in UTF-16', utf16(`file,label\n${ROWS}`, 'le')],
    ['in UTF-16 of the other order', utf16(`file,label\n${ROWS}`, 'be')],
    ['with names without their endings', `id,breed\n${ROWS.replaceAll('.png', '')}`],
    ['with paths', `image_path,label\n${ROWS.replaceAll('pic', './pic')}`],
    ['with Windows paths of another machine', `path,label\n${ROWS.replaceAll('pic', 'C:\\data\\pic')}`],
    ['the label first', `label,file\n${ROWS.replace(/(\S+),(\S+)/g, '$2,$1')}`],
    [
      'with columns that are neither',
      `id,width,file,class\n${ROWS.split('\n')
        .filter(Boolean)
        .map((row, i) => `${i},${100 + i},${row}`)
        .join('\n')}`,
    ],
  ])('%s', async (_, text) => {
    const report = await checkFolder(table(text));
    expect(report).toMatchObject({ layout: 'listed', problems: [], blocking: [] });
    expect(counts(report)).toEqual(['cat 3', 'dog 3']);
    expect(report.summary).toMatch(/^2 classes, 6 pictures, no split found \(labels from labels\.csv: ".+" for each ".+"\)\.$/);
  });

  test('with a column for the split, pictures in a folder, chosen by the table, in an archive', async () => {
    const text = `file,label,split\n${ROWS.split('\n')
      .filter(Boolean)
      .map((row, i) => `${row},${['train', 'train', 'train', 'train', 'val', 'test'][i]}`)
      .join('\n')}`;
    const folder = table(text, { below: 'images/' });
    writeAt(folder, 'all.zip', zipBytes(zipOfFolder(folder, 'data/')));
    const expected = { layout: 'listed', ownSplit: { train: 4, validation: 1, test: 1 }, problems: [] };
    expect(await checkFolder(join(folder, 'labels.csv'))).toMatchObject({ ...expected, name: folder.split('/').at(-1) });
    expect(await checkFolder(join(folder, 'all.zip'))).toMatchObject({ ...expected, summary: expect.stringContaining('split by "split"') });
    const manifest = await importFolder(join(folder, 'all.zip'), { width: 8, height: 8, channels: 3 }, join(temporaryFolder(), 'v'));
    expect(manifest.samples.map(({ file, label, split }) => `${file} ${label} ${split}`).at(-1)).toBe('data/images/pic-f.png 1 test');
  });

  test('one table for each part', async () => {
    const folder = table(ROWS.split('\n').slice(0, 4).join('\n'), { name: 'train.csv' });
    writeAt(folder, 'test.csv', ROWS.split('\n').slice(4).join('\n'));
    expect(await checkFolder(folder)).toMatchObject({
      ownSplit: { train: 4, validation: 0, test: 2 },
      summary: expect.stringContaining('labels from test.csv and train.csv'),
    });
  });

  test('every row and every picture that does not fit is named', async () => {
    const folder = table(
      `file,label\n${ROWS}pic-a.png,dog\npic-b.png,dog\nnowhere.png,cat\n../../etc/passwd,cat\n/etc/passwd,cat\n`.replace(
        'pic-d.png,dog',
        'pic-d.png,',
      ),
    );
    writeAt(folder, 'extra.png', pngBytes({ seed: 90 }));
    const report = await checkFolder(folder);
    expect(brief(report)).toEqual([
      '../../etc/passwd missing',
      '/etc/passwd missing',
      'extra.png unlabeled',
      'nowhere.png missing',
      'pic-a.png label-conflict',
      'pic-d.png unlabeled',
    ]);
    for (const { message } of report.problems) expect(message).toMatch(/^[A-Z].+[.;] .+\.$/i);
    expect(report.pictures).toBe(4);
  });

  test('a table about something else is no table of pictures', async () => {
    const folder = temporaryFolder();
    for (const label of ['cat', 'dog'])
      for (let i = 0; i < 3; i++)
        writeAt(folder, `${label}/${i}.png`, pngBytes({ seed: label.length * 50 + i + (label === 'cat' ? 0 : 9) }));
    writeAt(folder, 'weather.csv', 'day,rain\n1,2\n2,3\n');
    writeAt(folder, 'binary.csv', Buffer.from([1, 0, 255, 3, 0, 0, 1]));
    writeAt(folder, 'open.csv', `a,"b\n${'x'.repeat(100)}`);
    expect((await checkFolder(folder)).layout).toBe('class-folders');
    await expect(checkFolder(join(folder, 'weather.csv'))).rejects.toMatchObject({ failure: { kind: 'dataset-invalid' } });
  });
});

describe('names that carry the label', () => {
  const folderOf = (names: readonly string[]) => {
    const folder = temporaryFolder();
    names.forEach((name, i) => writeAt(folder, name, pngBytes({ seed: 200 + i })));
    return folder;
  };
  const each = (make: (label: string, i: number) => string) =>
    ['cat', 'big dog'].flatMap((label) => Array.from({ length: 4 }, (_, i) => make(label, i)));

  test.each([
    ['{label}_{number}', (label: string, i: number) => `${label}_00${i}.png`],
    ['{label}.{number}', (label: string, i: number) => `${label}.${i}.png`],
    ['{label} ({number})', (label: string, i: number) => `${label} (${i}).png`],
    ['{label}-{number}', (label: string, i: number) => `${label}-${i}.png`],
    ['{label}{number}', (label: string, i: number) => `${label}${i}.png`],
    ['{number}_{label}', (label: string, i: number) => `${i + 10 * label.length}_${label}.png`],
    ['{label}_*', (label: string, i: number) => `${label}_x${'abcd'[i]}.png`],
    ['*_{label}', (label: string, i: number) => `x${'abcd'[i]}${label.length}_${label}.png`],
  ])('%s', async (pattern, make) => {
    const report = await checkFolder(folderOf(each(make)));
    expect(report).toMatchObject({ layout: 'named', suggested: { labelPattern: pattern }, problems: [], blocking: [] });
    expect(counts(report)).toEqual(['big dog 4', 'cat 4']);
    expect(report.summary).toContain(`: ${pattern}).`);
  });

  test('another pattern by choice, and the import goes by it', async () => {
    const folder = folderOf(['a1_cat_x.png', 'a2_cat_x.png', 'b1_dog_y.png', 'b2_dog_z.png', 'odd.png']);
    const report = await checkFolder(folder, {}, { labelPattern: '*_{label}_*' });
    expect(counts(report)).toEqual(['cat 2', 'dog 2']);
    expect(brief(report)).toEqual(['odd.png unlabeled']);
    const manifest = await importFolder(folder, report.suggested, join(temporaryFolder(), 'v'));
    expect(manifest).toMatchObject({ count: 4, labels: ['cat', 'dog'], leftOut: [{ file: 'odd.png', kind: 'unlabeled' }] });
  });

  test('what cameras call pictures is no class; folders are read as folders', async () => {
    const camera = folderOf(Array.from({ length: 8 }, (_, i) => `${i % 2 ? 'IMG' : 'DSC'}_000${i}.png`));
    expect(await checkFolder(camera)).toMatchObject({ layout: 'class-folders', pictures: 0 });
    const sorted = folderOf(each((label, i) => `${label}_${i}.png`));
    mkdirSync(join(sorted, 'more'));
    expect((await checkFolder(sorted)).layout).toBe('class-folders');
  });

  test('patterns without a place for the label, or that would take long, are refused', () => {
    for (const text of ['', 'cat', '{label}{label}', '{name}', '*{label}*x*', '(a+)+$'])
      expect(() => readPattern(text), text).toThrow(/does not say where the label is/);
    const slow = readPattern('*_{label}_*');
    const started = performance.now();
    expect(slow.labelIn(`${'_'.repeat(250)}\n`)).toBeDefined();
    for (let i = 0; i < 200; i++) readPattern('*a{label}a{number}a*').labelIn('a1'.repeat(120));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(findPattern([])).toBeUndefined();
  });
});
