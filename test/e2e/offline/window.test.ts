// With no network at all the app opens as always.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { launchApp } from '../launch';

/** What a connection to the outside world meets, e.g. "ENETUNREACH". */
const tryToConnect = (): Promise<string> =>
  new Promise((resolve) => {
    // An address of the documentation range: nothing is asked of anybody even where this test is run with a network.
    const socket = connect({ host: '192.0.2.1', port: 443, timeout: 2_000 });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('connect', () => resolve('connected'));
    socket.once('timeout', () => resolve('timeout'));
  });

test('no network is there, and the window opens', async ({ skip }) => {
  const interfaces = Object.keys(networkInterfaces());
  skip(
    interfaces.some((name) => name !== 'lo'),
    'npm test runs this where there is no network',
  );
  expect(await tryToConnect()).toBe('ENETUNREACH');
  const { page, errors } = await launchApp();
  expect(await page.title()).toContain('Overbatch');
  expect(errors).toEqual([]);
});
