// A server that stands in for the one Electron is downloaded from, until the test ends.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';

/** @returns how to end it early */
export async function mirror(answer: RequestListener): Promise<() => Promise<void>> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const end = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await end();
  });
  return end;
}

/** Its port was somebody's a moment ago and is now nobody's: a connection is refused. */
export async function mirrorThatIsGone(): Promise<void> {
  const end = await mirror((_, response) => response.end());
  await end();
}
