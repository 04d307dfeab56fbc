// Data brought in and corrected by hand: dropped, a bad file named and a doubtful one left out, two classes merged, imported, five labels
// fixed with mouse and keys, saved as version 2, which says what changed; then pictures are added, and a version is deleted.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { dropFiles } from './drop-files';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go, region } from './page-parts';

const MINUTE = 60_000;

/** Three classes, a file that is no picture, a picture that is there twice. */
function photographs(): string {
  const folder = tinyImageFolder(['cat', 'dog', 'kitten'], 14);
  writeAt(folder, 'dog/torn.png', pngBytes({ seed: 99 }).subarray(0, 60));
  copyFileSync(join(folder, 'cat/0.png'), join(folder, 'cat/copy.png'));
  return folder;
}

const option = (page: Page, name: string) => page.getByRole('option', { name, exact: true });

test('dropped, corrected and saved: version 2 says what changed', async () => {
  const launched = await launchApp();
  const { page, errors } = launched;
  await button(page, 'Try the digits sample').waitFor();
  await dropFiles(page, page.getByRole('heading', { level: 1 }), [photographs()]);
  const report = page.locator('section[aria-labelledby="check-title"]');
  await button(report, 'Import 43 pictures').waitFor({ timeout: MINUTE });
  expect(await report.getByRole('row').filter({ hasText: 'dog/torn.png' }).innerText()).toMatch(/cut off[^]*Left out/i);
  const copy = report.getByRole('row').filter({ hasText: 'cat/copy.png' });
  expect(await copy.innerText()).toContain('The same picture as cat/0.png');
  await copy.getByRole('checkbox').check();
  await report.getByLabel('Class kitten is called').fill('cat');
  await report.getByText('one class with cat').waitFor();
  await look(launched, '11-data-wizard');
  await button(report, 'Import 42 pictures').click();
  const card = page.getByRole('article');
  await card.waitFor({ timeout: MINUTE });
  expect(await card.innerText()).toMatch(/42 pictures · 2 classes/);

  await card.getByRole('link', { name: /^Open/ }).click();
  const grid = page.getByRole('listbox');
  await grid.waitFor({ timeout: MINUTE });
  await page.getByRole('button', { name: /^cat/ }).click();
  await option(page, 'cat: cat/0.png').click();
  await option(page, 'cat: cat/10.png').click({ modifiers: ['Control'] });
  await page.getByText('2 pictures chosen').waitFor();
  await page.getByLabel('Class', { exact: true }).fill('dog');
  await button(page, 'Give class').click();
  expect(await option(page, 'cat: cat/0.png, becomes dog when saved').count()).toBe(1);
  await page.getByRole('button', { name: /^dog/ }).click();
  await option(page, 'dog: dog/1.png').click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('3 pictures chosen').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+z');
  const pending = region(page, 'Changes not saved yet');
  expect(await pending.innerText()).toContain('5 relabelled: 3 dog → cat, 2 cat → dog.');
  await look(launched, '12-data-relabelled');
  await button(page, 'Save as version 2').click();
  await page.getByRole('combobox', { name: 'Version', exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Versions (2)' }).click({ timeout: MINUTE });
  const versions = page.getByRole('tabpanel');
  expect(await versions.innerText()).toMatch(/Version 2[^]*5 relabelled: 3 dog → cat, 2 cat → dog[^]*Version 1[^]*imported/);
  await look(launched, '13-data-versions');
  await page.getByRole('tab', { name: 'Classes and split' }).click();
  await page.getByText('20.0 % of each class are held out').waitFor();
  await look(launched, '14-data-split');

  await go(page, 'Plan');
  const version = page.getByLabel('Version of the data');
  expect(await version.locator('option:checked').innerText()).toMatch(/^2: 5 relabelled/);
  expect(errors).toEqual([]);
});

test('pictures are added without decoding what is there, what is there already is said, and a version is deleted', async () => {
  const folder = tinyImageFolder(['cat', 'dog'], 12);
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: folder } });
  const { app, page, errors } = launched;
  await button(page, 'Choose folder…').click();
  await button(page, 'Import 24 pictures').click({ timeout: MINUTE });
  await page.getByRole('link', { name: /^Open/ }).click({ timeout: MINUTE });
  const more = temporaryFolder();
  for (let i = 0; i < 3; i++) writeAt(more, `owl/${i}.png`, pngBytes({ seed: 700 + i }));
  copyFileSync(join(folder, 'cat/0.png'), writeAt(more, 'cat/again.png', ''));
  await app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), more);
  await button(page, 'Add pictures…').click();
  await button(page, 'Add 4 pictures').click({ timeout: MINUTE });
  await page.getByRole('tab', { name: 'Versions (2)' }).click({ timeout: MINUTE });
  expect(await page.getByRole('tabpanel').innerText()).toMatch(/Version 2[^]*3 added/);
  await page.getByRole('tab', { name: 'Classes and split' }).click();
  expect(await region(page, 'Left out').innerText()).toContain('It is in this data set already, as cat/0.png.');

  await page.getByRole('tab', { name: 'Versions (2)' }).click();
  await button(page, 'Delete version 2').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/No run needs it/).waitFor();
  await button(dialog, 'Delete version 2').click();
  await page.getByText(/^Deleted version 2 of .*: [\d.]+\s.?B came back to the disk\.$/).waitFor();
  await page.getByRole('tab', { name: 'Versions', exact: true }).waitFor();
  expect(errors).toEqual([]);
});
