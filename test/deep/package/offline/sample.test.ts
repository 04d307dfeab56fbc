// The packaged app trains the digits where nothing can be reached, and the system counts nobody who tried to go outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { rootOnlySwitches } from '../../../../scripts/setup/open-window.mjs';
import { go } from '../../../e2e/page-parts';
import { importDigits, planDigits, startTraining } from '../../../e2e/sample-flow';
import { expectNoNetwork } from '../../../e2e/offline/no-network';
import { attach, freePort } from '../attach';
import { packaged } from '../packaged';

const MINUTE = 60_000;

/** Of this network namespace: how often a way out was asked for, and there was none. */
function waysNotFound(): number {
  const [names, values] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip:'))
    .map((line) => line.split(' '));
  return Number(values[names.indexOf('OutNoRoutes')]);
}

test('from the sample to an answered picture', async ({ skip }) => {
  expect(Object.keys(networkInterfaces()).filter((name) => name !== 'lo')).toEqual([]);
  const start = waysNotFound();
  await expectNoNetwork(skip);
  const before = waysNotFound();
  expect(before, 'one look outside is counted').toBeGreaterThan(start);

  const home = temporaryFolder();
  const port = await freePort();
  const switches = [`--remote-debugging-port=${port}`, ...rootOnlySwitches()];
  const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', DISPLAY: process.env.DISPLAY! };
  const app = spawn(join(packaged().folder, 'overbatch'), switches, { env, stdio: 'ignore' });
  onTestFinished(() => void app.kill());
  const page = await attach(port, () => (app.exitCode === null ? '' : 'The app ended'));

  await importDigits(page);
  await planDigits(page, 5);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 6 * MINUTE });
  for (const place of ['Run', 'History', 'Model', 'Data'] as const) await go(page, place);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByText('No request was made since Overbatch was started').waitFor();
  expect(waysNotFound()).toBe(before);
});
