// Cleaning takes what dead imports left, and nothing else.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginVersion, cleanUnfinished } from '#datasets/unfinished';
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
