// Proves that a test of this folder runs where nothing can be reached; elsewhere it is skipped.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, type TestContext } from 'vitest';

/** What a connection to the outside world meets, e.g. "ENETUNREACH". */
const tryToConnect = (): Promise<string> =>
  new Promise((resolve) => {
    // An address of the documentation range: nothing is asked of anybody even where this test is run with a network.
    const socket = connect({ host: '192.0.2.1', port: 443, timeout: 2_000 });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('connect', () => resolve('connected'));
    socket.once('timeout', () => resolve('timeout'));
  });

export async function expectNoNetwork(skip: TestContext['skip']): Promise<void> {
  skip(
    Object.keys(networkInterfaces()).some((name) => name !== 'lo'),
    'npm test runs this where there is no network',
  );
  expect(await tryToConnect()).toBe('ENETUNREACH');
}
