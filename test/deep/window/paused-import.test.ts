// An import that is paused: it says where it stopped, also after the app was closed, and goes on from there.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { jpegBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from '../../e2e/launch';
import { look } from '../../e2e/looks';
import { button, region } from '../../e2e/page-parts';

const MINUTE = 60_000;
const EACH = 75;

/** Photographs enough for a hand to be quicker; every file is another, though two pictures are all there is to see. */
async function photographs(): Promise<string> {
  const folder = temporaryFolder();
  for (const [seed, label] of ['cats', 'dogs'].entries()) {
    const picture = await jpegBytes({ width: 800, height: 600, seed });
    for (let i = 0; i < EACH; i++) {
      const remark = Buffer.from(`${i}`.padStart(8, '0'));
      const segment = Buffer.from([0xff, 0xfe, 0, remark.length + 2]);
      writeAt(folder, `${label}/${i}.jpg`, Buffer.concat([picture.subarray(0, 2), segment, remark, picture.subarray(2)]));
    }
  }
  return folder;
}

const card = (page: Page) => page.getByRole('article');
const stopped = (page: Page) => page.getByRole('region').filter({ hasText: 'Import stopped at' });

/** Imports them and pauses on the way. */
async function pausedApp() {
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: await photographs() } });
  const { page } = launched;
  await button(page, 'Choose folder…').click();
  await button(page, `Import ${2 * EACH} pictures`).click({ timeout: MINUTE });
  const progress = region(page, 'Progress');
  await expect
    .poll(async () => Number(/Reading the pictures…\s*(\d+) of/.exec(await progress.innerText())?.[1]), { timeout: MINUTE })
    .toBeGreaterThan(20);
  await button(progress, 'Pause').click();
  await stopped(page).waitFor({ timeout: MINUTE });
  return launched;
}

test('paused, closed and opened again, it goes on', async () => {
  const first = await pausedApp();
  await look(first, '2-data-stopped');
  await first.close();
  const { page, errors } = await launchApp({ dataFolder: first.dataFolder });
  await stopped(page).waitFor({ timeout: MINUTE });
  expect(await stopped(page).innerText()).toMatch(/stopped at [1-9]\d* of 150 pictures/);
  await stopped(page)
    .getByRole('button', { name: /^Go on/ })
    .click();
  await card(page).waitFor({ timeout: MINUTE });
  expect(await card(page).innerText()).toContain('150 pictures · 2 classes');
  expect(await stopped(page).count()).toBe(0);
  expect([...first.errors, ...errors]).toEqual([]);
});

test('discarded, it is gone', async () => {
  const { page } = await pausedApp();
  await stopped(page)
    .getByRole('button', { name: /^Discard/ })
    .click();
  await expect.poll(() => stopped(page).count()).toBe(0);
  expect(await page.evaluate(() => window.overbatch.listStoppedImports())).toEqual({ ok: true, value: [] });
});
