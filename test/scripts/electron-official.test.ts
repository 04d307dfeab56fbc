// The official download of Electron against a server of our own: taken when right, refused when altered, given up when it stalls.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadOfficial, electronVersion, executableIn, whyNot } from '../../scripts/setup/electron-official.mjs';
import { mirror, mirrorThatIsGone } from './mirror';
import { zipOf } from './zip-of';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'overbatch-electron-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const zip = zipOf(executableIn().replaceAll('\\', '/'), 'not really Electron');
const zipName = `electron-v${electronVersion()}-${process.platform}-${process.arch}.zip`;
const checksums = { [zipName]: createHash('sha256').update(zip).digest('hex') };

test('a good release ends complete in the cache', async () => {
  await mirror((_, response) => response.end(zip));
  const notes: string[] = [];
  const path = await downloadOfficial(cache, { checksums, note: (text) => notes.push(text) });
  expect(await readFile(path, 'utf8')).toBe('not really Electron');
  expect(notes.at(-1)).toBe('100 %');
  expect(await readdir(cache)).toHaveLength(1);
});

test('an altered release is refused and leaves nothing', async () => {
  await mirror((_, response) => response.end(zip));
  await expect(downloadOfficial(cache, { checksums: { [zipName]: 'ab'.repeat(32) } })).rejects.toThrow(/checksum/i);
  expect(await readdir(cache)).toEqual([]);
});

test('a download that stops moving is given up', async () => {
  await mirror((_, response) => {
    response.writeHead(200, { 'content-length': zip.length });
    response.write(zip.subarray(0, 10));
  });
  const start = performance.now();
  const failure = await downloadOfficial(cache, { checksums, stallMs: 300 }).catch((error: unknown) => error);
  expect(whyNot(failure)).toBe('no progress for 0.3 s');
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(await readdir(cache)).toEqual([]);
});

test('no connection is said at once', async () => {
  await mirrorThatIsGone();
  const failure = await downloadOfficial(cache, { checksums }).catch((error: unknown) => error);
  expect(whyNot(failure)).toBe('no connection');
});
