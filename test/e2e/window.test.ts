// The app opens one window, says its name, and its page has no error; left alone, it is quiet.
import type { ElectronApplication } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { launchApp, screenshotPath } from './launch';
import { go } from './page-parts';
import { importDigits } from './sample-flow';

test('the window opens', async () => {
  const { app, page, errors } = await launchApp();
  expect(await page.title()).toContain('Overbatch');
  expect(app.windows()).toHaveLength(1);
  await page.screenshot({ path: screenshotPath('window') });
  expect(errors).toEqual([]);
});

test('a page asks once when it is opened, and nothing more while nobody does anything', async () => {
  const { app, page } = await launchApp();
  await go(page, 'Plan');
  await app.evaluate(({ ipcMain }) => {
    const counted = globalThis as { asked?: number };
    counted.asked = 0;
    for (const question of ['listRuns', 'listDatasets', 'getSpace', 'currentRun']) {
      const channel = `overbatch:ask:${question}`;
      const value = question === 'currentRun' ? null : question === 'getSpace' ? {} : [];
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, () => ((counted.asked = (counted.asked ?? 0) + 1), { ok: true, value }));
    }
  });
  const asked = () => app.evaluate(() => (globalThis as { asked?: number }).asked);
  for (const [place, times] of [
    ['History', 1],
    ['Run', 1],
    ['Model', 2],
    ['Plan', 3],
  ] as const) {
    await go(page, place);
    await page.waitForTimeout(300);
    expect([place, await asked()]).toEqual([place, times]);
  }
});

/** Processes of the trainer's program. */
const trainers = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().filter(({ name, serviceName }) => [name, serviceName].includes('Overbatch training')).length,
  );

test('a process that is not wanted any more before it has begun ends all the same', async () => {
  const { app, page } = await launchApp();
  await importDigits(page);
  await expect.poll(() => trainers(app), { timeout: 30_000 }).toBe(0);
  const kinds = await page.evaluate(async (spec) => {
    const datasets = await window.overbatch.listDatasets();
    if (!datasets.ok) throw new Error(datasets.sentence);
    const answers = [];
    for (let i = 0; i < 3; i++) {
      const forecast = window.overbatch.forecastRun(datasets.value[0].id, spec);
      await window.overbatch.leaveForecast();
      answers.push(await forecast);
    }
    return answers.map((answer) => (answer.ok ? 'answered' : answer.failure.kind));
  }, DEFAULT_SPEC);
  expect(kinds).toEqual(['cancelled', 'cancelled', 'cancelled']);
  // All of them begin before the first is looked for: what is listed has been started.
  await page.waitForTimeout(1_500);
  await expect.poll(() => trainers(app), { timeout: 10_000 }).toBe(0);
});
