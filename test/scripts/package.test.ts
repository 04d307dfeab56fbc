// What is decided before anything is packaged; the package itself is proven by test/deep/package.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fuses } from '../../scripts/package/application.mjs';
import { neededGlibc } from '../../scripts/package/engine.mjs';

test('everything that makes the program another one is off, and only fuses are set that the version has', () => {
  const old = fuses('25.1.1');
  expect(old).toMatchObject({ runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false });
  expect(old).toMatchObject({ onlyLoadAppFromAsar: true, enableEmbeddedAsarIntegrityValidation: true });
  expect(old).not.toHaveProperty('grantFileProtocolExtraPrivileges');
  expect(fuses('45.4.1')).toEqual({ ...old, grantFileProtocolExtraPrivileges: false });
});

test('the C library a binary needs is the newest that one of its symbols names', () => {
  expect(neededGlibc('\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.17\0GLIBCXX_3.4.29\0')).toEqual([2, 34]);
  // The control: a real one, this Node's own.
  if (process.platform === 'linux') expect(neededGlibc(readFileSync(process.execPath, 'latin1'))[1]).toBeGreaterThan(2);
});
