// Folders that set-up makes: complete or absent, and rebuilt only when what they are made of has changed.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { completeFolder } from '../../scripts/setup/atomic-folder.mjs';
import { sourceHash } from '../../scripts/setup/build.mjs';
import { fetchPackage, integrityOf, unpack } from '../../scripts/setup/registry-package.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overbatch-scripts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a complete folder', () => {
  test('is made once', async () => {
    const target = join(folder, 'cache', 'thing');
    let times = 0;
    const fill = async (beside: string) => {
      times++;
      expect(existsSync(target)).toBe(false);
      await writeFile(join(beside, 'file'), 'content');
    };
    await completeFolder(target, fill);
    await completeFolder(target, fill);
    expect(times).toBe(1);
    expect(await readdir(join(folder, 'cache'))).toEqual(['thing']);
  });

  test('leaves nothing behind when filling fails', async () => {
    const fill = async (beside: string) => {
      await writeFile(join(beside, 'half'), '');
      throw new Error('the network went away');
    };
    await expect(completeFolder(join(folder, 'thing'), fill)).rejects.toThrow('the network went away');
    expect(await readdir(folder)).toEqual([]);
  });

  test('is as good when another command finished it first', async () => {
    const target = join(folder, 'thing');
    await completeFolder(target, async () => {
      await mkdir(target);
      await writeFile(join(target, 'theirs'), '');
    });
    expect(await readdir(folder)).toEqual(['thing']);
    expect(await readdir(target)).toEqual(['theirs']);
  });
});

test('the build is out of date when a source changes, not when its date does', async () => {
  const file = join(folder, 'src', 'main', 'index.ts');
  await mkdir(join(folder, 'src', 'main'), { recursive: true });
  await writeFile(file, 'export {};');
  const before = await sourceHash(folder);
  await utimes(file, new Date(0), new Date(0));
  expect(await sourceHash(folder)).toBe(before);
  await writeFile(file, 'export { };');
  const changed = await sourceHash(folder);
  expect(changed).not.toBe(before);
  await writeFile(join(folder, 'package-lock.json'), '{}');
  expect(await sourceHash(folder)).not.toBe(changed);
});

describe('a package', () => {
  const pack = async () => {
    const source = join(folder, 'source');
    const target = join(folder, 'fetched');
    await mkdir(source);
    await mkdir(target);
    await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'tiny', version: '1.0.0' }));
    return { spec: source, target };
  };

  test('of the pinned content is accepted and unpacked', async () => {
    const { spec, target } = await pack();
    await expect(fetchPackage({ spec, integrity: 'unknown' }, target)).rejects.toThrow();
    const integrity = await integrityOf(join(target, 'tiny-1.0.0.tgz'));
    const archive = await fetchPackage({ spec, integrity }, target);
    await unpack(archive, target);
    expect(await readdir(join(target, 'package'))).toEqual(['package.json']);
  });

  test('of any other content is refused', async () => {
    const { spec, target } = await pack();
    const pin = { spec, integrity: `sha512-${'A'.repeat(86)}==` };
    await expect(fetchPackage(pin, target)).rejects.toThrow('is not the file Overbatch knows');
  });
});
