// A download onto a full disk: Linux's own always-full device, and a server whose bytes come in drops.
import { existsSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { download } from '#trainer/tensorflow/install/download';

const FULL = '/dev/full';

it.skipIf(!existsSync(FULL))('fails as a full disk, also when that is noticed between two drops', async () => {
  const drops = setInterval(() => answer?.write(Buffer.alloc(100)), 20);
  let answer: { write(part: Buffer): boolean } | undefined;
  const server = createServer((_, response) => {
    answer = response.writeHead(200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    clearInterval(drops);
    server.closeAllConnections();
    server.close();
  });
  const file = join(temporaryFolder(), 'wheel');
  symlinkSync(FULL, `${file}.part`);
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/wheel`);
  const options = { bytes: 1_000_000, signal: new AbortController().signal, onBytes: () => {} };
  await expect(download(url, file, options)).rejects.toMatchObject({ code: 'ENOSPC' });
});
