// The packaged app trains the digits where nothing can be reached, and the system counts nobody who tried to go outside.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { rootOnlySwitches } from '../../../../scripts/setup/open-window.mjs';
import { go } from '../../../e2e/page-parts';
import { importDigits, planDigits, startTraining } from '../../../e2e/sample-flow';
import { expectNoNetwork } from '../../../e2e/offline/no-network';
import { attach, freePort } from '../attach';
import { packaged } from '../packaged';

const MINUTE = 60_000;

/** Of this network namespace: how often a way out was asked for and there was none, and how many datagrams found nobody: a name that is asked for here. */
function tries(): { ways4: number; ways6: number; datagrams: number } {
  const lines = readFileSync('/proc/net/snmp', 'utf8').split('\n');
  const counted = (group: string, name: string): number => {
    const [names, values] = lines.filter((line) => line.startsWith(group)).map((line) => line.split(' '));
    return Number(values[names.indexOf(name)]);
  };
  const ways6 = /^Ip6OutNoRoutes\s+(\d+)/m.exec(readFileSync('/proc/net/snmp6', 'utf8'))![1];
  return { ways4: counted('Ip:', 'OutNoRoutes'), ways6: Number(ways6), datagrams: counted('Udp:', 'NoPorts') };
}

/** What is counted when somebody tries: one of each. */
async function tryEach(skip: TestContext['skip']): Promise<void> {
  await expectNoNetwork(skip);
  const outside = connect({ host: '2001:db8::1', port: 443 });
  await once(outside, 'error').catch(() => {});
  const resolver = createSocket('udp4');
  await new Promise((sent) => resolver.send('?', 53, '127.0.0.53', sent));
  resolver.close();
}

test('from the sample to an answered picture', async ({ skip }) => {
  expect(Object.keys(networkInterfaces()).filter((name) => name !== 'lo')).toEqual([]);
  const start = tries();
  await tryEach(skip);
  const before = tries();
  for (const name of ['ways4', 'ways6', 'datagrams'] as const) expect(before[name], `${name}: one is counted`).toBeGreaterThan(start[name]);

  const home = temporaryFolder();
  const port = await freePort();
  const switches = [`--remote-debugging-port=${port}`, ...rootOnlySwitches()];
  const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', DISPLAY: process.env.DISPLAY! };
  const app = spawn(join(packaged().folder, 'overbatch'), switches, { env, stdio: 'ignore' });
  onTestFinished(async () => {
    const ended = once(app, 'exit');
    if (app.kill()) await ended;
  });
  const page = await attach(port, () => (app.exitCode === null ? '' : 'The app ended'));

  await importDigits(page);
  await planDigits(page, 5);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 6 * MINUTE });
  for (const place of ['Run', 'History', 'Model', 'Data'] as const) await go(page, place);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByText('No request was made since Overbatch was started').waitFor();
  expect(tries()).toEqual(before);
});
