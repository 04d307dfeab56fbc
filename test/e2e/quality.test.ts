// How good is it: the digits trained by clicking, a cell of the confusion matrix opened, a label put right, saved as version 2; the run keeps its own.
import { expect, test } from 'vitest';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go, openTab, region } from './page-parts';
import { importDigits, planDigits, startTraining } from './sample-flow';

const MINUTE = 60_000;

test('a trained model is judged, a picture found by its cell, its label put right and saved as version 2', async () => {
  const launched = await launchApp();
  const { page, errors } = launched;
  await importDigits(page);
  await planDigits(page, 4);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 2 * MINUTE });

  await go(page, 'Model');
  await openTab(page, 'How good is it');
  const line = page.getByText(/^\d+\.\d\s% of 359 held-out pictures right \(95\s% interval \d+\.\d to \d+\.\d\)\.$/);
  await line.waitFor({ timeout: MINUTE });
  const right = Number(/^([\d.]+)/.exec(await line.innerText())![1]);
  // As the run itself says in the line below the page's name.
  expect(await page.locator('main header').first().innerText()).toContain(`${right.toFixed(1)}\u00a0% of the validation pictures right`);

  const matrix = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What it takes for what' }) });
  const cells = matrix.locator('td button');
  expect(await cells.count()).toBe(100);
  const counts = (await cells.allInnerTexts()).map((text) => Number(text.replace('·', '0')));
  expect(counts.reduce((a, b) => a + b)).toBe(359);
  const diagonal = counts.filter((_, place) => place % 11 === 0).reduce((a, b) => a + b);
  expect((100 * diagonal) / 359).toBeCloseTo(right, 1);
  await look(launched, 'quality');

  // By keyboard from the first cell to the one of 8, recognized.
  await cells.first().focus();
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const pictures = page.getByRole('listbox', { name: '“8”, recognized' });
  await pictures.waitFor();
  expect(await pictures.getByRole('option').first().getAttribute('aria-setsize')).toBe(String(counts[88]));

  await pictures.getByRole('option').first().dblclick();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Probability', { exact: true }).waitFor();
  await dialog.getByLabel('Its right class').selectOption('3');
  await dialog.getByText(/^Noted\./).waitFor();
  await button(dialog, 'Where did it look?').click();
  await dialog.getByRole('img', { name: /“8” \(/ }).waitFor({ timeout: MINUTE });
  await look(launched, 'quality-picture');
  await button(dialog, 'Close').click();
  expect(await region(page, 'Changes not saved yet').innerText()).toContain('1 relabelled: 1 8 → 3.');
  expect(await page.getByText(/this run keeps version 1/).count()).toBe(1);
  await button(page, 'Save as version 2').click();
  await page.getByRole('tab', { name: 'Versions (2)' }).click({ timeout: MINUTE });
  expect(await page.getByRole('tabpanel').innerText()).toMatch(/Version 2[^]*1 relabelled: 1 8 → 3[^]*Version 1/);

  // The run is judged as before: by the version it was trained on.
  await go(page, 'Model');
  await line.waitFor({ timeout: MINUTE });
  expect(await line.innerText()).toContain(`${right.toFixed(1)}\u00a0%`);
  expect(await page.getByText(/Version 2 is there already/).count()).toBe(1);
  expect(errors).toEqual([]);
});
