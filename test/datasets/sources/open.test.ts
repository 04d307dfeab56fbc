// What is chosen is opened where it can be data, and refused in a sentence where it never ends.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkSource } from '#datasets/source';
import { openPlace } from '#datasets/sources/open';
import { isOfTheSystem } from '#datasets/sources/system-folder';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

test('a folder of the system is refused before anything in it is read; one of a person is not', async () => {
  const isLinux = existsSync('/proc/self/status');
  // Elsewhere there is none.
  const failure = isLinux
    ? { kind: 'dataset-invalid', problem: 'it belongs to the system. Choose the folder that holds your data.' }
    : { kind: 'dataset-missing' };
  for (const folder of ['/proc', '/proc/self/net']) await expect(checkSource(folder)).rejects.toMatchObject({ failure });
  expect(await isOfTheSystem('/')).toBe(true);
  const own = tinyImageFolder(['cats', 'dogs'], 3);
  expect(await isOfTheSystem(own)).toBe(false);
  expect(await checkSource(own)).toMatchObject({ blocking: [] });
});

test('a folder without a file is opened, and said to hold nothing', async () => {
  const { source } = await openPlace(temporaryFolder(), {});
  expect(await source.list('')).toEqual([]);
  expect((await checkSource(temporaryFolder())).blocking).not.toEqual([]);
});
