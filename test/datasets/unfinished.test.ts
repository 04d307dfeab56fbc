// Cleaning takes what dead imports left, and nothing else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Journal } from '#datasets/journal';
import { beginVersion, cleanUnfinished, disownUnfinished, stoppedAt, writeVersion } from '#datasets/unfinished';
import type { DatasetManifest } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

test('a dead process is cleaned up after; a running one and other folders are left alone', async () => {
  const root = temporaryFolder();
  const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  writeAt(root, `gone.unfinished-${dead}-0123abcd/samples.bin`, 'half');
  writeAt(root, 'photos.unfinished-notes/keep.txt', 'mine');
  writeAt(root, 'version/manifest.json', '{}');
  const running = await beginVersion(join(root, 'running'));
  await cleanUnfinished(root);
  expect(
    readdirSync(root)
      .map((name) => join(root, name))
      .sort(),
  ).toEqual([join(root, 'photos.unfinished-notes'), running, join(root, 'version')].sort());
  await expect(cleanUnfinished(join(root, 'nowhere'))).resolves.toBeUndefined();
});

describe('what was done stays where the rest failed', () => {
  const failing = async (error: Error) => {
    const root = temporaryFolder();
    const into = join(root, 'version');
    const writing = writeVersion<DatasetManifest, number>(
      into,
      undefined,
      async (_, journal) => {
        journal!.note(1);
        await journal!.save();
        throw error;
      },
      { identity: 'abc', total: 9 },
    );
    await expect(writing).rejects.toBe(error);
    return { root, at: await stoppedAt(into) };
  };

  test('of a full disk, or one that was pulled out', async () => {
    for (const code of ['ENOSPC', 'EIO'])
      expect((await failing(Object.assign(new Error(`${code}: no`), { code }))).at).toMatchObject({ done: 1, total: 9 });
  });

  test('control: not what was given up or cannot be used', async () => {
    for (const failure of [{ kind: 'cancelled' }, { kind: 'bad-setting', problem: 'It cannot be.' }] as const) {
      const { root, at } = await failing(new FailureError(failure));
      expect(at).toBeUndefined();
      expect(readdirSync(root)).toEqual([]);
    }
  });
});

describe('whose it is, when numbers of processes are given again', () => {
  const HEAD = { identity: 'abc', total: 9 };

  /** What an import left whose writer had this number. */
  async function leftBy(writer: string): Promise<{ root: string; into: string; folder: string }> {
    const root = temporaryFolder();
    const folder = join(root, `version.unfinished-${writer}-0123abcd`);
    mkdirSync(folder);
    const journal = await Journal.open<number>(folder, HEAD);
    journal.note(1);
    await journal.save();
    await journal.close();
    return { root, into: join(root, 'version'), folder };
  }

  const WRITERS: [string, () => string][] = [
    ['ours, while we write something else', () => String(process.pid)],
    ['nobody', () => '0'],
    ['a running process that began later', () => `${process.ppid}-1`],
  ];

  // Only there a file says when a process began.
  test.each(process.platform === 'linux' ? WRITERS : WRITERS.slice(0, 2))('%s', async (_, writer) => {
    const { into, folder } = await leftBy(writer());
    expect(await stoppedAt(into)).toEqual({ folder, done: 1, total: 9 });
    await beginVersion(into, HEAD.identity);
    expect(existsSync(folder)).toBe(false);
  });

  test('a process that is running keeps its own, unless it is known that nobody writes there', async () => {
    const { root, into, folder } = await leftBy(String(process.ppid));
    expect(await stoppedAt(into)).toBeUndefined();
    await cleanUnfinished(root);
    expect(await stoppedAt(into, true)).toEqual({ folder, done: 1, total: 9 });
    await disownUnfinished(root);
    expect(await stoppedAt(into)).toMatchObject({ done: 1 });
  });

  test('what this process writes is left alone', async () => {
    const into = join(temporaryFolder(), 'version');
    const folder = await beginVersion(into);
    await disownUnfinished(join(into, '..'));
    await cleanUnfinished(join(into, '..'));
    expect(existsSync(folder)).toBe(true);
  });
});
