// What happens after things went wrong, in the real app: a crashed page, a start that fails twice, safe mode, a history that is restored.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { rootOnlySwitches } from '../../scripts/setup/open-window.mjs';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go } from './page-parts';
import { importDigits } from './sample-flow';

const MINUTE = 60_000;
const RESTARTED_BY_TEST = { OVERBATCH_TEST_RESTART: 'none' };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'overbatch-e2e-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }));
  return made;
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('heading', { level: 2, name: 'Trouble' }).waitFor();
}

/** Killed as soon as it has noted that it starts: before the window can be used. */
async function failToStart(dataFolder: string, failed: number): Promise<void> {
  const args = [resolve(import.meta.dirname, '../..'), `--user-data-dir=${dataFolder}`, ...rootOnlySwitches()];
  const app = spawn(process.env.OVERBATCH_ELECTRON!, args, { env: { ...process.env, OVERBATCH_DATA: dataFolder }, stdio: 'ignore' });
  onTestFinished(() => void app.kill('SIGKILL'));
  const starts = join(dataFolder, 'starts.json');
  const noted = () => existsSync(starts) && (JSON.parse(readFileSync(starts, 'utf8')) as { failed: number }).failed === failed;
  await expect.poll(noted, { timeout: MINUTE, interval: 20 }).toBe(true);
  app.kill('SIGKILL');
  await new Promise((ended) => app.once('exit', ended));
}

test('two starts that die lead to safe mode, in which nothing of the person is open; from there it starts as usual', async () => {
  const dataFolder = folder();
  await failToStart(dataFolder, 1);
  await failToStart(dataFolder, 2);
  const { app, page, errors } = await launchApp({ dataFolder, env: RESTARTED_BY_TEST });
  await page.getByText('Overbatch did not come up the last two times', { exact: false }).waitFor();
  await page.getByText('Something crashed when Overbatch last ran').waitFor();
  const engines = await page.evaluate(() => window.overbatch.getEngines());
  expect(engines.ok ? '' : engines.sentence).toBe('');
  expect(engines).toMatchObject({ ok: true, value: { report: { name: 'wasm', reason: expect.stringContaining('Safe mode') as string } } });
  expect([existsSync(join(dataFolder, 'overbatch.db')), existsSync(join(dataFolder, 'safe-mode', 'overbatch.db'))]).toEqual([false, true]);
  const closed = app.waitForEvent('close');
  await button(page, 'Start normally').click();
  await closed;
  expect(errors).toEqual([]);

  const usual = await launchApp({ dataFolder });
  await button(usual.page, 'Try the digits sample').waitFor();
  expect(await usual.page.getByText('Safe mode').count()).toBe(0);
  await button(usual.page, 'Dismiss').click();
});

test('a crash of the page and of a process is offered, diagnostics are looked at and saved, a backup is restored', async () => {
  const dataFolder = folder();
  const zip = join(dataFolder, 'diagnostics.zip');
  const launched = await launchApp({ dataFolder, env: { ...RESTARTED_BY_TEST, OVERBATCH_TEST_DIALOG: zip } });
  const { app, page } = launched;
  await openSettings(page);
  await button(page, 'Back up now').click();
  await page.getByText('The history was backed up.').waitFor();
  await go(page, 'Data');
  await importDigits(page);

  // Its process is killed, as a crash would end it: the page comes back by itself.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer());
  await expect.poll(() => readdirSync(join(dataFolder, 'crashes')).filter((name) => name.endsWith('-window.json')).length).toBe(1);
  await launched.close();

  const again = await launchApp({ dataFolder, env: { ...RESTARTED_BY_TEST, OVERBATCH_TEST_DIALOG: zip } });
  await again.page.getByText('The window crashed and was loaded anew', { exact: false }).waitFor();
  await look(again, '9-trouble-crashed');
  await button(again.page, 'Save diagnostics…').click();
  const log = again.page.getByRole('listitem').filter({ hasText: 'Log: what happened' });
  await log.getByText('Show its text').click();
  await log.getByText(/\[crash\] window/).waitFor();
  await look(again, '9-trouble-diagnostics');
  await button(again.page, 'Save…').click();
  await again.page.getByText('Saved diagnostics.zip.').waitFor();
  expect(existsSync(zip)).toBe(true);
  expect(await again.page.getByText('Something crashed').count()).toBe(0);

  await openSettings(again.page);
  await again.page.getByRole('button', { name: /^Restore the backup of today/ }).click();
  await again.page.getByText('1 data set since then would have to be imported again.').waitFor();
  await look(again, '9-trouble-restore');
  const closed = again.app.waitForEvent('close');
  await button(again.page, 'Restore and restart').click();
  await closed;

  const restored = await launchApp({ dataFolder });
  expect(await restored.page.evaluate(() => window.overbatch.listDatasets())).toEqual({ ok: true, value: [] });
  const backups = await restored.page.evaluate(() => window.overbatch.listBackups());
  expect(backups).toMatchObject({ ok: true, value: [{ why: 'replaced' }, { why: 'asked' }] });
});
