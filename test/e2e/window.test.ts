// The app opens one window, says its name, and its page has no error; left alone, it is quiet.
import { expect, test } from 'vitest';
import { launchApp, screenshotPath } from './launch';
import { go } from './page-parts';

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
