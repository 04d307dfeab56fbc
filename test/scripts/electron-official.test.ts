// The official download of Electron against a server of our own: taken when right, refused when altered, given up when it stalls.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { downloadOfficial, electronVersion, executableIn, whyNot } from '../../scripts/setup/electron-official.mjs';
import { zipOf } from './zip-of';

let cache: string;
let server: Server | undefined;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'overbatch-electron-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(cache, { recursive: true, force: true });
});

async function mirror(answer: RequestListener): Promise<void> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`);
}

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
  await mirror((_, response) => response.end());
  await new Promise((resolve) => server?.close(resolve)); // its port is now nobody's
  const failure = await downloadOfficial(cache, { checksums }).catch((error: unknown) => error);
  expect(whyNot(failure)).toBe('no connection');
});
