// Pictures with masks of a person's own: checked with a bad file named, classes named, imported, looked at, learnt, and a mask found.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maskFolder, PALETTE, stripes, valuesPng } from '#test/support/masks';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { dropFiles } from './drop-files';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go, openTab, region } from './page-parts';

const MINUTE = 60_000;

test('a folder of pictures with masks is checked, named, imported, looked at, learnt from and asked', async () => {
  const folder = maskFolder({ count: 24, width: 32, height: 32, classes: 3 });
  writeAt(folder, 'images/alone.png', pngBytes({ width: 32, height: 32 }));
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: folder } });
  const { page, errors } = launched;
  await button(page, 'Choose folder…').first().click();
  const report = page.locator('section[aria-labelledby="check-title"]');
  await report.waitFor({ timeout: MINUTE });
  expect(await report.innerText()).toContain('24 pictures with masks of 3 classes (stored as numbers), no split found');
  expect(await report.getByRole('row').filter({ hasText: 'images/alone.png' }).innerText()).toContain('There is no mask for this picture');
  expect(await report.getByRole('img', { name: /with its mask/ }).count()).toBe(6);
  await look(launched, 'masks-check');
  await report.getByLabel('Read as').selectOption('image-classes');
  await report.getByText('2 classes, 49 pictures').waitFor({ timeout: MINUTE });
  expect(await report.innerText()).toContain('25 files in "images"');
  await look(launched, 'masks-as-classes');
  await button(report, 'Read as pictures with masks').click();
  await report.getByText('24 pictures with masks of 3 classes').waitFor({ timeout: MINUTE });

  await report.getByLabel('Class 1 is called').fill('');
  expect(await button(report, 'Import 24 pictures').isDisabled()).toBe(true);
  await report.getByLabel('Class 1 is called').fill('middle');
  await report.getByLabel('Class 2 is called').fill('bright');
  await button(report, 'Import 24 pictures').click();
  const card = page.getByRole('article');
  await card.waitFor({ timeout: MINUTE });
  expect(await card.innerText()).toContain('24 pictures · masks of 3 classes · 32 × 32 grey');
  await look(launched, 'masks-list');
  await card.getByRole('link', { name: /^Open / }).click();
  await page
    .getByRole('group', { name: /^Pictures of/ })
    .or(page.getByRole('listbox'))
    .first()
    .waitFor({ timeout: MINUTE });
  await look(launched, 'masks-version');
  await page.getByRole('tab', { name: 'Classes and split' }).click();
  expect(await region(page, 'Masks').innerText()).toMatch(/middle\s+1\s+34\.4\s%/);
  await look(launched, 'masks-facts');

  await button(page, 'Plan a run').click();
  await page.getByRole('heading', { level: 1, name: 'Plan' }).waitFor();
  await expect.poll(() => page.getByLabel('Model', { exact: true }).innerText()).toBe('U-Net\nLight U-Net');
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe('u-net');
  expect(await region(page, 'Data and model').innerText()).toContain('Some dozens of pictures with masks.');
  await page.getByLabel('Epochs', { exact: true }).fill('12');
  await page.getByLabel('Batch size', { exact: true }).fill('8');
  await page.getByRole('heading', { name: 'More settings' }).click();
  await page.getByLabel('Loss', { exact: true }).selectOption('bce-dice');
  expect(await page.getByText('Mix two pictures').count()).toBe(0);
  await look(launched, 'masks-plan');
  await button(page, 'Start training').click();
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
  expect(await page.getByRole('status').first().innerText()).toMatch(
    /On the validation pictures: mean IoU [01]\.\d{3}, Dice [01]\.\d{3}\./,
  );
  await page.getByRole('heading', { name: 'IoU' }).waitFor();
  await look(launched, 'masks-run');
  await go(page, 'History');
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(/Completed[^]*IoU [01]\.\d{3}/);
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(/Cross-entropy \+ Dice[^]*mean IoU/);
  expect(await page.locator('main').innerText()).toMatch(/IoU compares what was found[^]*lag behind at first/);

  await page.getByRole('link', { name: 'Try the model' }).click();
  const answer = region(page, 'What the model says');
  await launched.app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), join(folder, 'images', 'p0.png'));
  await button(page, 'Choose pictures…').click();
  await answer.getByRole('img', { name: /with the mask it found: .*bright/ }).waitFor({ timeout: MINUTE });
  expect(await answer.innerText()).toMatch(/middle\s+\d\d\.\d\s%/);
  await look(launched, 'masks-try');
  const larger = writeAt(temporaryFolder(), 'larger.png', pngBytes({ width: 90, height: 70, channels: 1 }));
  await dropFiles(page, region(page, 'Picture'), [larger]);
  await answer.getByText('it was seen in 20 overlapping parts').waitFor({ timeout: MINUTE });
  expect(await answer.innerText()).toContain('seen at 90 × 70 pixels');
  await answer.getByLabel('See the whole picture at once').check();
  await answer.getByText('seen at 32 × 32 pixels').waitFor({ timeout: MINUTE });

  await openTab(page, 'How good is it');
  await page.getByText(/^Mean IoU [01]\.\d{3} over \d+ held-out pictures; .* of the pixels right\.$/).waitFor({ timeout: MINUTE });
  const masks = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Worst masks first' }) });
  await masks.getByRole('img', { name: /^Found, IoU [01]/ }).waitFor({ timeout: MINUTE });
  const ious = (await masks.getByRole('option').allInnerTexts()).map((text) => Number(text.replace('IoU', '')));
  expect(ious).toEqual([...ious].sort((a, b) => a - b));
  expect(ious.length).toBeGreaterThan(2);
  await masks.getByRole('slider').fill('1');
  await look(launched, 'masks-quality');
  expect(errors).toEqual([]);
});

test('dropped on the page, a doubtful one left out, two values merged, pictures dropped and added: versions 2 and 3 say so', async () => {
  const folder = maskFolder({ count: 12, width: 32, height: 32, classes: 3 });
  writeAt(folder, 'masks/p7.png', valuesPng(32, 32, new Uint8Array(32 * 32), 4, PALETTE));
  const launched = await launchApp();
  const { app, page, errors } = launched;
  await button(page, 'Try the digits sample').waitFor();
  await dropFiles(page, page.getByRole('heading', { level: 1 }), [folder]);
  const report = page.locator('section[aria-labelledby="check-title"]');
  await button(report, 'Import 12 pictures').waitFor({ timeout: MINUTE });
  const empty = report.getByRole('row').filter({ hasText: 'masks/p7.png' });
  expect(await empty.innerText()).toContain('nothing is marked');
  await empty.getByRole('checkbox').check();
  await report.getByLabel('Class 1 is called').fill('disc');
  await report.getByLabel('Class 2 is called').fill('disc');
  await button(report, 'Import 11 pictures').click();
  await page.getByRole('link', { name: /^Open/ }).click({ timeout: MINUTE });
  await page.getByRole('option', { name: 'mostly disc: images/p3.png' }).click({ timeout: MINUTE });
  await page.getByText('1 picture chosen').waitFor();
  expect(await button(page, 'Give class').count()).toBe(0);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('1');
  expect(await region(page, 'Changes not saved yet').count()).toBe(0);
  await page.keyboard.press('Delete');
  expect(await region(page, 'Changes not saved yet').innerText()).toContain('2 dropped.');
  await look(launched, 'masks-dropped');
  await button(page, 'Save as version 2').click();
  await page.getByRole('tab', { name: 'Versions (2)' }).click({ timeout: MINUTE });
  expect(await page.getByRole('tabpanel').innerText()).toMatch(/Version 2[^]*2 dropped[^]*9 pictures[^]*Version 1[^]*imported/);

  const more = temporaryFolder();
  for (let i = 0; i < 3; i++) {
    writeAt(more, `images/new${i}.png`, pngBytes({ width: 32, height: 32, channels: 1, seed: 900 + i }));
    writeAt(more, `masks/new${i}.png`, valuesPng(32, 32, stripes(32, 32, 4), 4, PALETTE));
  }
  await app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), more);
  await button(page, 'Add pictures…').click();
  await button(report, 'Add 3 pictures').waitFor({ timeout: MINUTE });
  expect(await report.getByLabel('Class 1 is called').inputValue()).toBe('disc');
  await report.getByLabel('Class 3 is called').fill('square');
  await look(launched, 'masks-add');
  await button(report, 'Add 3 pictures').click();
  await page.getByRole('tab', { name: 'Versions (3)' }).click({ timeout: MINUTE });
  expect(await page.getByRole('tabpanel').innerText()).toMatch(/Version 3[^]*3 added[^]*12 pictures · 3 classes/);
  await page.getByRole('tab', { name: 'Classes and split' }).click();
  expect(await region(page, 'Masks').innerText()).toMatch(/disc\s+1, 2\s[^]*square\s+3\s/);
  await look(launched, 'masks-grown');
  expect(errors).toEqual([]);
});
