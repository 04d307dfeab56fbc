// The .deb on a Debian that has nothing: installed with what it depends on, the digits are trained and taken away by clicking, removed without a trace.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { enginesFolder } from '#trainer/tensorflow/install/locate';
import { startXvfb } from '../../../scripts/setup/display.mjs';
import { root } from '../../../scripts/setup/paths.mjs';
import { button, go, openTab, region } from '../../e2e/page-parts';
import { importDigits, planDigits, startTraining } from '../../e2e/sample-flow';
import { attach, freePort } from './attach';
import { DebianRoot } from './debian-root';
import { packaged } from './packaged';
import { answerSaveDialog } from './save-dialog';

const MINUTE = 60_000;
const DATA = 'home/person/.config/Overbatch';
const PROGRAM = 'opt/Overbatch';

interface Opened {
  page: Page;
  port: number;
  said: () => string;
}

async function open(debian: DebianRoot, display: string): Promise<Opened> {
  const port = await freePort();
  const app = debian.person(display, 'overbatch', `--remote-debugging-port=${port}`);
  let said = '';
  app.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  return { page: await attach(port, () => said), port, said: () => said };
}

/** Into safe mode and back: the second app is there, and nothing of the first stays. The helper of Chromium's sandbox, which is needed here, lets no process in that may gain no rights. */
async function restart(debian: DebianRoot, { page, port, said }: Opened, press: string): Promise<Opened> {
  const before = debian.running(PROGRAM);
  expect(before).not.toEqual([]);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const ended = page.waitForEvent('close');
  await button(region(page, 'Trouble'), press).click();
  await ended;
  await expect.poll(() => before.filter((pid) => debian.running(PROGRAM).includes(pid)), { timeout: MINUTE }).toEqual([]);
  return { page: await attach(port, () => ''), port, said };
}

/** Its libraries are there, as if they had been downloaded; the binding is the package's own, for no compiler is. */
async function installEngine(debian: DebianRoot, page: Page): Promise<string> {
  expect(existsSync(join(debian.folder, 'usr/bin/g++'))).toBe(false);
  const engines = join(debian.folder, 'home/person/.cache/overbatch/engines');
  mkdirSync(engines, { recursive: true });
  const wheel = readdirSync(enginesFolder()).find((name) => name.startsWith('wheel-cpu-'))!;
  cpSync(join(enginesFolder(), wheel), join(engines, wheel), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  await debian.root('chown', '-R', '4242:4242', '/home/person/.cache');
  await page.getByRole('button', { name: /^Engine/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Engine' });
  await dialog.getByRole('button', { name: /(Install|Continue installing) TensorFlow for the processor/ }).click();
  await expect.poll(() => dialog.innerText(), { timeout: 2 * MINUTE }).toMatch(/TensorFlow [\d.]+, \d+\sMB on disk/);
  await page.screenshot({ path: join(root, 'test-results/packaged-engine.png') });
  return dialog.innerText();
}

test('installed, used and removed', async () => {
  const { deb } = packaged();
  const debian = await DebianRoot.make();
  const { display, stop } = await startXvfb();
  onTestFinished(stop);

  expect(existsSync(join(debian.folder, 'usr/bin/node'))).toBe(false);
  await debian.root('useradd', '--create-home', '--uid', '4242', 'person');
  await debian.root('apt-get', 'update', '-qq');
  // Every desktop has them, and they leave a few files of their own wherever they are first installed.
  await debian.root('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'systemd', 'dbus');
  const before = await debian.paths();
  copyFileSync(deb, join(debian.folder, 'tmp/overbatch.deb'));
  await debian.root('apt-get', 'install', '-y', '-qq', '--no-install-recommends', '/tmp/overbatch.deb');
  expect((await debian.paths()).length).toBeGreaterThan(before.length + 1_000);

  const opened = await open(debian, display);
  const { page } = opened;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await importDigits(page);
  await planDigits(page, 12);
  await page.screenshot({ path: join(root, 'test-results/packaged-plan.png') });
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 6 * MINUTE });
  await page.screenshot({ path: join(root, 'test-results/packaged-run.png') });

  await go(page, 'Model');
  await openTab(page, 'Take it away');
  const card = region(page, 'One web page');
  await button(card, 'Save One web page').click();
  await answerSaveDialog(display, '/home/person/digits.html');
  await card.getByText('Saved as digits.html').waitFor({ timeout: MINUTE });
  await page.screenshot({ path: join(root, 'test-results/packaged-saved.png') });
  expect(statSync(join(debian.folder, 'home/person/digits.html')).size).toBeGreaterThan(500_000);

  expect(await installEngine(debian, page)).toContain('TensorFlow on the processor');
  expect(errors).toEqual([]);
  await page.keyboard.press('Escape');

  const safe = await restart(debian, opened, 'Restart in safe mode');
  await safe.page
    .getByText(/safe mode/i)
    .first()
    .waitFor();
  await safe.page.screenshot({ path: join(root, 'test-results/packaged-safe-mode.png') });
  const usual = await restart(debian, safe, 'Start normally');
  await go(usual.page, 'Data');
  await usual.page.getByRole('article', { name: 'digits' }).waitFor({ timeout: MINUTE });
  await usual.page.close();

  // With what it had brought along.
  const all = ['-o', 'APT::AutoRemove::RecommendsImportant=false', '-o', 'APT::AutoRemove::SuggestsImportant=false'];
  await debian.root('apt-get', 'purge', '-y', '-qq', '--autoremove', ...all, 'overbatch');
  const known = new Set(before);
  expect((await debian.paths()).filter((path) => !known.has(path))).toEqual([]);
  expect(readdirSync(join(debian.folder, DATA))).toContain('runs');
});
