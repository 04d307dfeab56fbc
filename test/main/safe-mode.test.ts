// The folder of safe mode is empty at each start, and another one where it cannot be emptied.
import type * as Files from 'node:fs';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { emptyFolders } from '#main/safe-mode';
import { temporaryFolder } from './app';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Files>();
  return { ...fs, rmSync: vi.fn(fs.rmSync) };
});

afterEach(() => void vi.mocked(rmSync).mockClear());

test('what lies in it is gone at the next start', () => {
  const user = temporaryFolder();
  const { root } = emptyFolders(user);
  mkdirSync(root);
  writeFileSync(path.join(root, 'x'), '');
  expect(emptyFolders(user).root).toBe(root);
  expect(existsSync(root)).toBe(false);
});

test('one that cannot be emptied is left for another; where none can, that is said', () => {
  const user = temporaryFolder();
  const refuse = () => {
    throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
  };
  vi.mocked(rmSync).mockImplementationOnce(refuse);
  expect(emptyFolders(user).root).toBe(path.join(user, 'safe-mode-2'));
  for (let i = 0; i < 20; i++) vi.mocked(rmSync).mockImplementationOnce(refuse);
  expect(() => emptyFolders(user)).toThrow('EBUSY');
});
