// A person's own pictures, not all of them good: checked, said, imported, trained with. And folders and settings that cannot work.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { dropFiles } from './drop-files';
import { openPage } from './exported/open-page';
import { walkTheHistory } from './history-walk';
import { launchApp, screenshotPath, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go, region } from './page-parts';
import { importDigits } from './sample-flow';

const MINUTE = 60_000;

/** Two classes of 12 pictures each, a broken file, an empty one, and a picture that is there twice. */
function photographs(): string {
  const folder = tinyImageFolder(['cats', 'dogs'], 12);
  writeAt(folder, 'cats/broken.png', pngBytes({ seed: 99 }).subarray(0, 60));
  writeAt(folder, 'dogs/nothing.png', '');
  copyFileSync(join(folder, 'dogs/0.png'), join(folder, 'dogs/copy.png'));
  return folder;
}

const checkReport = (page: Page) => page.locator('section[aria-labelledby="check-title"]');

test('a folder with bad files is checked, imported without them, and trained with', async () => {
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: photographs() } });
  const { page, errors } = launched;
  await button(page, 'Choose folder…').click();
  const report = checkReport(page);
  await report.waitFor({ timeout: MINUTE });
  const problem = (file: string) => report.getByRole('row').filter({ hasText: file });
  expect(await problem('cats/broken.png').innerText()).toMatch(/truncated|cut off|incomplete/i);
  expect(await problem('cats/broken.png').innerText()).toContain('Left out');
  expect(await problem('dogs/nothing.png').innerText()).toMatch(/empty/i);
  expect(await problem('copy.png').innerText()).toContain('dogs/0.png');
  expect(await report.innerText()).toContain('2 files cannot be used and will be left out.');
  await look(launched, '2-data-check');

  await button(report, 'Import 25 pictures').click();
  const card = page.getByRole('article');
  await card.waitFor({ timeout: MINUTE });
  expect(await card.innerText()).toMatch(/25 pictures · 2 classes · .* · 2 left out/);
  const message = page.getByText(/” is ready to train with\.$/);
  await message.waitFor();
  // The page makes room for it: nothing lies under it.
  const [place, main] = [await message.boundingBox(), await page.locator('main').boundingBox()];
  expect(place!.y).toBeGreaterThanOrEqual(main!.y + main!.height);
  await page.waitForTimeout(600);
  await card.getByRole('button', { name: /Plan a run/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Plan' }).waitFor();
  expect(await message.count()).toBe(0);
  await page.getByLabel('Batch size', { exact: true }).fill('8');
  await page.getByLabel('Epochs', { exact: true }).fill('2');
  await button(page, 'Start training').click();
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 2 * MINUTE });
  await go(page, 'History');
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(/Completed[^]*%/);
  await saveReceipt(launched);
  await repeatExactly(launched);
  await walkTheHistory(launched);
  expect(errors).toEqual([]);
});

/** Of the run that is on top of the history: read, and saved as a page. */
async function saveReceipt(launched: LaunchedApp): Promise<void> {
  const { app, page } = launched;
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('link', { name: 'All of it' }).click();
  await region(page, 'Made with').getByText('Its weights (SHA-256)').waitFor();
  await region(page, 'Result').getByText('2 epochs, 6 steps').waitFor();
  await look(launched, '8-receipt');
  const file = join(temporaryFolder(), 'receipt.html');
  await app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), file);
  await button(page, 'Save page…').click();
  await page.getByText('Saved receipt.html.').waitFor();
  const weights = await region(page, 'Made with')
    .getByText(/^[0-9a-f]{64}$/)
    .last()
    .innerText();
  const saved = await openPage(file);
  await saved.page.getByRole('definition').filter({ hasText: weights }).waitFor();
  await saved.page.screenshot({ path: screenshotPath('8-receipt-saved') });
  expect([await saved.asked(), saved.errors]).toEqual([[pathToFileURL(file).href], []]);
  await saved.app.close();
  await button(page, 'Copy').click();
  await page.getByText('Copied the receipt as text.').waitFor();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain(weights);
  await page.getByRole('link', { name: 'The run' }).click();
}

/** On the same computer, with the same program: nothing to ask about. */
async function repeatExactly(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await button(page, 'Repeat exactly').click();
  await page.getByRole('heading', { level: 1, name: 'Run' }).waitFor();
  await page.getByText('Repeated exactly: the weights are the same, to the last bit.').waitFor({ timeout: 2 * MINUTE });
  await look(launched, '6-run-repeated');
  await page.getByRole('link', { name: 'Open in History' }).click();
  await page.getByText('Repeated exactly: the weights are the same, to the last bit.').waitFor();
  await page.getByLabel('Steps', { exact: true }).fill('2');
  await button(page, 'Look closer').press('Enter');
  await page.getByText('Steps 2 to 6 of 6.').waitFor();
  await look(launched, '8-history-repeated');
  await button(page, 'Whole run').click();
}

test('a folder that cannot be learnt from says why and what to do, and offers no import', async () => {
  const { app, page } = await launchApp();
  const choose = async (folder: string) => {
    await app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), folder);
    await button(page, 'Choose folder…').click();
  };
  const missing = temporaryFolder();
  tinyImageFolder(['cats'], 3, missing);
  writeAt(missing, 'dogs/notes.txt', 'no pictures yet');
  for (const [folder, sentence] of [
    [
      temporaryFolder(),
      'There are no class folders in it. Put the pictures of each class into a folder of its own, named after the class.',
    ],
    [tinyImageFolder(['cats'], 3), 'There is only one class folder, "cats", and at least two are needed.'],
    [missing, 'The class "dogs" holds no picture that can be used. Add pictures, or remove the folder.'],
  ]) {
    await choose(folder);
    const report = checkReport(page);
    await report.getByText('Not ready').waitFor({ timeout: MINUTE });
    expect(await report.getByRole('alert').allInnerTexts()).toContainEqual(expect.stringContaining(sentence));
    expect(await report.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true);
    await button(report, 'Discard').click();
  }
  await choose(join(missing, 'gone'));
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toMatch(/There is no folder or file .*gone\. Check the name, or choose again\./);
  expect(await page.evaluate(() => window.overbatch.listDatasets())).toEqual({ ok: true, value: [] });
});

test('a folder is checked when it is dropped on the page', async () => {
  const { page } = await launchApp();
  await button(page, 'Try the digits sample').waitFor();
  await dropFiles(page, page.getByRole('heading', { level: 1 }), [tinyImageFolder(['cats', 'dogs'], 12)]);
  await checkReport(page).getByText('Ready').waitFor({ timeout: MINUTE });
  await button(page, 'Import 24 pictures').waitFor();
});

test('settings that cannot run are said at the field or before the start, and nothing typed is lost', async () => {
  const launched = await launchApp();
  const { page } = launched;
  await importDigits(page);
  await go(page, 'Plan');
  const batch = page.getByLabel('Batch size', { exact: true });
  await page.getByLabel('Epochs', { exact: true }).fill('3');
  for (const [typed, sentence] of [
    ['0', 'The batch size must be at least 1.'],
    ['-1', 'The batch size must be at least 1.'],
    ['1000000000', 'The batch size must be at most 1,000,000.'],
    ['many', 'The batch size must be a number.'],
  ]) {
    await batch.fill(typed);
    await page.getByText(sentence).waitFor();
    expect(await batch.getAttribute('aria-invalid')).toBe('true');
    expect([typed, await button(page, 'Start training').isDisabled(), await button(page, 'Measure').isDisabled()]).toEqual([
      typed,
      true,
      true,
    ]);
  }
  await look(launched, '3-plan-wrong');
  await go(page, 'Data');
  await go(page, 'Plan');
  expect([await batch.inputValue(), await page.getByLabel('Epochs', { exact: true }).inputValue()]).toEqual(['many', '3']);

  await batch.fill('64');
  const budget = page.getByRole('group', { name: 'Memory budget' });
  await budget.getByRole('radio', { name: 'At most' }).check();
  await budget.getByLabel('Memory budget amount').fill('20 kB');
  const alert = region(page, 'Before you start').getByRole('alert');
  await alert.getByText(/^Not even one picture fits: alone it needs about [\d.]+\s[kM]B; you allow 20\.0\skB\.$/).waitFor();
  await page.getByText('These settings do not fit: change them first, or press Measure to try them.').waitFor();
  expect(await button(page, 'Start training').isDisabled()).toBe(true);
  await button(page, 'Measure').click();
  await alert.getByText('One sample needs').waitFor({ timeout: MINUTE });
  expect(await alert.innerText()).toMatch(/One sample needs [\d.]+\s[kM]B, and 20\.0\skB is allowed\. Allow more memory/);
  await look(launched, '4-plan-too-small');
  expect(await batch.inputValue()).toBe('64');
  expect(await page.evaluate(() => window.overbatch.listRuns())).toEqual({ ok: true, value: [] });
});
