// From a fresh start to a model that answers in one press; settings take effect at once; the data moves with its run and is used there.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { launchApp } from './launch';
import { button, go, openTab, region } from './page-parts';

const MINUTE = 60_000;

test('one press from a fresh start to an answer, then the appearance, then the data on another disk', { timeout: 3 * MINUTE }, async () => {
  const disk = await mkdtemp(join(tmpdir(), 'overbatch-disk-'));
  onTestFinished(() => rm(disk, { recursive: true, force: true, maxRetries: 5 }));
  const first = await launchApp({ env: { OVERBATCH_TEST_DIALOG: disk } });
  const { app, page, dataFolder } = first;
  await page.getByRole('heading', { name: 'What Overbatch is for' }).waitFor();
  await button(page, 'Next').click();
  await page.getByRole('heading', { name: 'Try it with a sample' }).waitFor();
  await button(page, 'Try it with a sample').click();
  await page.getByText('Your first model is being trained').waitFor({ timeout: MINUTE });
  // Led there by itself, with a picture and what the model says of it.
  await page.getByRole('heading', { level: 1, name: 'Model' }).waitFor({ timeout: MINUTE });
  await page.getByText('10 pictures answered').waitFor({ timeout: MINUTE });
  const mostProbable = region(page, 'What the model says').getByRole('row').nth(1);
  await expect
    .poll(
      () =>
        mostProbable
          .getByRole('rowheader')
          .innerText()
          .catch(() => ''),
      { timeout: MINUTE },
    )
    .toBe('0');

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  // Playwright shows every page in light colours otherwise.
  await page.emulateMedia({ colorScheme: null });
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const appearance = page.getByRole('group', { name: 'Appearance' });
  await appearance.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(isDark).toBe(true);
  await appearance.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(isDark).toBe(false);
  await page.getByText('No request was made since Overbatch was started').waitFor();

  await button(page, 'Move or change…').click();
  await button(page, 'Move and restart').click();
  await once(app.process(), 'exit');
  expect(first.errors).toEqual([]);
  expect(existsSync(join(disk, 'overbatch.db'))).toBe(true);

  const again = await launchApp({ dataFolder });
  expect(await again.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
  await again.page.getByRole('link', { name: 'Settings', exact: true }).click();
  await again.page.getByText(`The old copy still lies in ${dataFolder}.`).waitFor();
  await button(again.page, 'Remove the old copy…').click();
  const asked = again.page.getByRole('dialog', { name: 'Remove the old copy' });
  await asked.getByText('What lies there: 1 run and 1 version of data.').waitFor();
  await asked.getByRole('button', { name: 'Remove it' }).click();
  await expect.poll(() => existsSync(join(dataFolder, 'overbatch.db')), { timeout: MINUTE }).toBe(false);
  // The model lies on the other disk, and the data it learnt from.
  await go(again.page, 'Model');
  await openTab(again.page, 'How good is it');
  await again.page.getByText('359').first().waitFor({ timeout: MINUTE });
  expect(again.errors).toEqual([]);
});
