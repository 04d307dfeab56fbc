// Where may be written is found out without leaving anything there.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { unwritable } from '#store/writable';
import { temporaryFolder } from './samples';

test('a folder that is there or can be made may be written to; nothing is left in it', () => {
  const root = temporaryFolder();
  mkdirSync(path.join(root, 'there'));
  expect(unwritable(path.join(root, 'there'))).toBeUndefined();
  expect(unwritable(path.join(root, 'still', 'to', 'be', 'made'))).toBeUndefined();
  expect(readdirSync(root)).toEqual(['there']);
  expect(readdirSync(path.join(root, 'there'))).toEqual([]);
});

test('a file, or what would lie in one, may not', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const folder of [file, path.join(file, 'inside')]) expect(unwritable(folder)).toEqual({ kind: 'no-permission', path: folder });
});
