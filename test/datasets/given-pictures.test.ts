// Pictures given to be asked about: files as they are, folders with all below them, and what they look like made small.
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listPictures, pictureTiles } from '#datasets/given-pictures';
import { jpegBytes, pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

function folder(): string {
  const root = temporaryFolder();
  for (const file of ['b/2.png', 'b/1.PNG', 'a/photo.jpeg', '.hidden.png', 'Thumbs.db']) writeAt(root, file, pngBytes());
  writeAt(root, 'notes.txt', 'x');
  writeAt(root, 'b/list.csv', 'x');
  return root;
}

test('of a folder what is named like a picture, in order, and how many other files there were', async () => {
  const root = folder();
  expect(await listPictures([root])).toEqual({
    files: ['a/photo.jpeg', 'b/1.PNG', 'b/2.png'].map((name) => join(root, name)),
    names: ['a/photo.jpeg', 'b/1.PNG', 'b/2.png'],
    passed: 2,
    problems: [],
  });
});

test('files are taken whatever they are called; several folders keep their names', async () => {
  const [root, letter] = [folder(), writeAt(temporaryFolder(), 'letter.pdf', '%PDF')];
  const { names } = await listPictures([letter, join(root, 'a'), join(root, 'b')]);
  expect(names).toEqual(['letter.pdf', 'a/photo.jpeg', 'b/1.PNG', 'b/2.png']);
});

test('nothing outside of the folder is read, whatever a link says', async () => {
  const [root, outside] = [folder(), writeAt(temporaryFolder(), 'secret.png', pngBytes())];
  symlinkSync(outside, join(root, 'link.png'));
  const { names } = await listPictures([root]);
  expect(names).not.toContain('link.png');
});

test('what is no file is refused at once: a pipe would never come to an end', async () => {
  const pipe = join(temporaryFolder(), 'pipe.png');
  execFileSync('mkfifo', [pipe]);
  await expect(listPictures([pipe])).rejects.toThrow('"pipe.png" is no file with a picture. Choose a picture, or a folder of them.');
});

test('names that are the same have as much of their path as tells them apart; what is given twice is there once', async () => {
  const root = temporaryFolder();
  const write = (file: string) => writeAt(root, file, pngBytes());
  const [a, b, c] = [write('x/a/1.png'), write('x/b/1.png'), write('2.png')];
  expect((await listPictures([a, b, c, a])).names).toEqual(['a/1.png', 'b/1.png', '2.png']);
  for (const year of [2023, 2024]) write(`${year}/cats/1.png`);
  const { names } = await listPictures([join(root, '2023/cats'), join(root, '2024/cats'), join(root, 'x')]);
  expect(names).toEqual(['2023/cats/1.png', '2024/cats/1.png', 'x/a/1.png', 'x/b/1.png']);
});

test('what may not be looked at is no other file, and is said with its reason', async () => {
  const root = temporaryFolder();
  symlinkSync(writeAt(temporaryFolder(), 'secret.png', pngBytes()), join(root, 'link.png'));
  await expect(listPictures([root])).rejects.toThrow(/^link\.png: This link leads out of the folder/);
  writeAt(root, 'notes.txt', 'x');
  writeAt(root, 'good.png', pngBytes());
  const { names, passed, problems } = await listPictures([root]);
  expect({ names, passed }).toEqual({ names: ['good.png'], passed: 1 });
  expect(problems).toEqual([expect.stringMatching(/^link\.png: /)]);
});

test('a folder without pictures, and one that is gone, are said so', async () => {
  const root = temporaryFolder();
  writeAt(root, 'texts/notes.txt', 'x');
  await expect(listPictures([join(root, 'texts')])).rejects.toThrow('There is no picture in "texts". Choose a folder that holds pictures.');
  await expect(listPictures([join(root, 'gone')])).rejects.toThrow(/There is no folder or file/);
});

test('small ones keep their proportions; one that cannot be read has none', async () => {
  const root = temporaryFolder();
  const files = [
    writeAt(root, 'wide.jpg', await jpegBytes({ width: 90, height: 30 })),
    writeAt(root, 'cut.png', pngBytes().subarray(0, 40)),
    writeAt(root, 'tiny.png', pngBytes({ width: 5, height: 4 })),
    join(root, 'gone.png'),
  ];
  const [wide, cut, tiny, gone] = await pictureTiles(files, 30);
  expect(wide).toMatchObject({ width: 30, height: 10, channels: 3 });
  expect(wide!.pixels).toHaveLength(900);
  expect(tiny).toMatchObject({ width: 5, height: 4 });
  expect([cut, gone]).toEqual([undefined, undefined]);
});
