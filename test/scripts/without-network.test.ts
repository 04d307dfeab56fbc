// The place without a network really has none: not even this machine's own servers can be reached from it.
import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { withoutNetwork } from '../../scripts/proof/without-network.mjs';

const CONNECT = `require('net').connect(Number(process.argv[1]), '127.0.0.1')
  .on('connect', () => { console.log('connected'); process.exit(); }).on('error', (error) => console.log(error.code))`;

test.skipIf(!withoutNetwork())('a server outside is refused, and reached without the prefix', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const command = [process.execPath, '-e', CONNECT, String((server.address() as AddressInfo).port)];
  const say = async ([program = '', ...args]: string[]) => (await promisify(execFile)(program, args)).stdout.trim();
  expect(await say(command)).toBe('connected');
  expect(await say([...(withoutNetwork() ?? []), ...command])).toBe('ECONNREFUSED');
  server.close();
});
