// A table of a person's own: chosen, understood, changed, imported, looked at, trained with, asked about a row and a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { writeTable } from '#test/support/table';
import { temporaryFolder } from '#test/support/temporary-folder';
import { press } from './by-keyboard';
import { launchApp, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go, openTab, measured, region } from './page-parts';

const MINUTE = 60_000;
const PENGUINS = readFileSync(join(import.meta.dirname, '../../resources/samples/penguins/penguins.csv'), 'utf8');

/** The penguins as a spreadsheet in German saves them, with a column that gives the species away and one row cut short. */
function birds(): string {
  const [header, ...rows] = PENGUINS.trim().split('\n');
  const german = rows.map((row, i) => {
    const cells = row.split(',').map((cell) => cell.replace('.', ','));
    return i === 9 ? cells.slice(0, 4).join(';') : [...cells, `${cells[0].toUpperCase()} ✓`].join(';');
  });
  return writeTable([`${header.replaceAll(',', ';')};code`, ...german].join('\r\n'), {
    name: 'birds.csv',
    encoding: 'utf-16le',
    mark: true,
  });
}

const checkReport = (page: Page) => page.locator('section[aria-labelledby="check-title"]');

test('a table is checked, changed, imported and looked at', async () => {
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: birds() } });
  const { page, errors } = launched;
  await button(page, 'Choose file…').click();
  const report = checkReport(page);
  await report.waitFor({ timeout: MINUTE });
  expect(await report.innerText()).toContain(
    '343 rows, 9 columns, separator semicolon, decimal comma, UTF-16 (little-endian); target: species, 3 classes.',
  );
  expect(await report.innerText()).toContain('"code" gives the target away');
  expect(await report.getByRole('row').filter({ hasText: 'line 11' }).innerText()).toContain('4 cells instead of 9');
  await look(launched, 'table-check');

  await report.getByLabel('code is taken for').selectOption('left-out');
  await expect.poll(() => report.innerText(), { timeout: MINUTE }).not.toContain('gives the target away');
  await report.getByLabel('Column to learn').selectOption('body_mass_g');
  await expect.poll(() => report.innerText(), { timeout: MINUTE }).toContain('target: body_mass_g, a number');
  expect(await report.getByLabel('A number').isChecked()).toBe(true);
  await report.getByLabel('Column to learn').selectOption('species');
  await button(report, 'Import 343 rows').click();
  const card = page.getByRole('article', { name: 'birds' });
  await card.waitFor({ timeout: MINUTE });
  expect(await card.innerText()).toContain('343 rows · 7 columns · target species: 3 classes');
  await look(launched, 'table-list');
  await card.getByRole('link', { name: 'Open birds' }).click();
  await region(page, 'species').waitFor({ timeout: MINUTE });
  await look(launched, 'table-columns');
  await page.getByRole('tab', { name: 'Rows' }).click();
  await region(page, 'The first 100 of 343 rows').waitFor();
  await look(launched, 'table-rows');
  await page.getByRole('tab', { name: 'Left out (1)' }).click();
  await look(launched, 'table-left-out');

  await button(page, 'Plan a run').click();
  await page.getByLabel('Epochs', { exact: true }).fill('20');
  await button(page, 'Start training').click();
  // It is measured first; who looks at something else meanwhile is not taken away from there.
  await go(page, 'Data');
  await page.getByText('The run with “birds” has started.').waitFor({ timeout: MINUTE });
  await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
  await page.getByRole('link', { name: 'Show it' }).click();
  await page.getByRole('link', { name: 'Try the model' }).click({ timeout: 2 * MINUTE });
  const answer = region(page, 'What the model says');
  await page.getByLabel('island', { exact: true }).selectOption('Biscoe');
  await page.getByLabel('flipper_length_mm', { exact: true }).fill('217');
  await button(page, 'Ask the model').click();
  await answer
    .getByText(/“Gentoo”/)
    .first()
    .waitFor({ timeout: MINUTE });
  await look(launched, 'table-try-class');
  // The whole file, which knows the answers; saved beside it.
  await button(page, 'Choose table…').click();
  await answer.getByText('344 rows answered').waitFor({ timeout: MINUTE });
  expect(await answer.innerText()).toMatch(/(9\d\.\d|100\.0)\s% right, of all rows/);
  const saved = join(temporaryFolder(), 'answers.csv');
  await launched.app.evaluate((_electron, file) => void (process.env.OVERBATCH_TEST_DIALOG = file), saved);
  await button(answer, 'Save all answers…').click();
  await answer.getByText('Saved as answers.csv.').waitFor({ timeout: MINUTE });
  const lines = readFileSync(saved, 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(345);
  expect(lines[0]).toMatch(/;year;code;predicted species;probability$/);
  expect(lines[1]).toMatch(/^Adelie;Torgersen;39,1;.*;Adelie;[01],?\d*$/);
  await look(launched, 'table-try-file');

  await openTab(page, 'How good is it');
  await page.getByText(/\s% of 6\d held-out rows right \(95\s% interval /).waitFor({ timeout: MINUTE });
  await page.getByRole('button', { name: /of Gentoo, recognized$/ }).click();
  const rows = page.locator('section').filter({ has: page.getByRole('heading', { name: '“Gentoo”, recognized' }) });
  await rows.getByRole('row').nth(1).waitFor({ timeout: MINUTE });
  expect(await rows.getByRole('row').nth(1).innerText()).toMatch(/Gentoo\s+Gentoo\s+.*\s%/);
  await look(launched, 'table-quality-class');
  expect(errors).toEqual([]);
});

/** With data there already, by keyboard; what is there is not offered. */
async function anotherSample(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await press(page, 'Samples…');
  const samples = page.getByRole('dialog', { name: 'Samples that come with Overbatch' });
  await samples.waitFor();
  expect((await samples.getByRole('listitem').getByRole('button').allInnerTexts()).sort()).toEqual(['Digits', 'Penguins', 'Shapes']);
  await look(launched, '2-data-samples');
  await press(page, 'Penguins');
  await page.getByRole('article', { name: 'penguins' }).waitFor({ timeout: MINUTE });
}

test('a number is learnt from a sample: planned with what suits it, run, and told in its own unit', async () => {
  const launched = await launchApp();
  const { page, errors } = launched;
  await button(page, 'Diabetes').click();
  const card = page.getByRole('article', { name: 'diabetes' });
  await card.waitFor({ timeout: MINUTE });
  expect(await card.innerText()).toContain('442 rows · 10 columns · target progression, a number');
  await anotherSample(launched);
  await button(page, 'Plan a run with diabetes').click();
  await page.getByRole('heading', { level: 1, name: 'Plan' }).waitFor();
  await expect.poll(() => page.getByLabel('Model', { exact: true }).inputValue()).toBe('linear');
  // As large as it is for this data, and as the bar says.
  await page.getByText('11 numbers, 44 B (a number, 10 columns).').waitFor({ timeout: MINUTE });
  await region(page, 'Before you start').getByRole('listitem').filter({ hasText: 'Model 44 B' }).waitFor();
  expect(await page.getByLabel('Model', { exact: true }).innerText()).toBe('MLP\nLinear model');
  expect(await page.getByText('Batch normalization').count()).toBe(0);
  await page.getByRole('heading', { name: 'More settings' }).click();
  expect(await page.getByLabel('Class weights').count()).toBe(0);
  await page.getByLabel('Loss', { exact: true }).selectOption('huber');
  await page.getByLabel('Epochs', { exact: true }).fill('30');
  await button(page, 'Measure').click();
  await measured(page);
  await region(page, 'Before you start').getByText('Identical').first().waitFor();
  await look(launched, 'table-plan');
  await button(page, 'Start training').click();
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 2 * MINUTE });
  expect(await page.getByRole('status').first().innerText()).toMatch(
    /(Completed|Stopped by itself after).* On the validation rows: R² 0\.\d{3}, off by \d\d\.\d+ on average\./,
  );
  await look(launched, 'table-run');
  await go(page, 'History');
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(/(Completed|Stopped by itself)[^]*R² 0\.\d{3}/);
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(/Huber loss[^]*352 to train, 90 to check/);
  await look(launched, 'table-history');

  await page.getByRole('link', { name: 'Try the model' }).click();
  await page.getByRole('heading', { level: 1, name: 'Model' }).waitFor();
  const answer = region(page, 'What the model says');
  await page.getByLabel('bmi', { exact: true }).fill('38,2');
  await button(page, 'Ask the model').click();
  await answer.getByText(/^progression: \d+/).waitFor({ timeout: MINUTE });
  const heavy = Number(/progression: ([\d.]+)/.exec(await answer.innerText())![1]);
  await look(launched, 'table-try-number');
  await page.getByLabel('bmi', { exact: true }).fill('20');
  await button(page, 'Ask the model').click();
  await expect
    .poll(async () => Number(/progression: ([\d.]+)/.exec(await answer.innerText())?.[1] ?? Infinity), { timeout: MINUTE })
    .toBeLessThan(heavy - 20);
  await page.getByLabel('bmi', { exact: true }).fill('fat');
  expect(await button(page, 'Ask the model').isDisabled()).toBe(true);

  await openTab(page, 'How good is it');
  await page.getByText(/^Off by \d\d\.\d+ on average over 90 held-out rows; R² 0\.\d{3}\.$/).waitFor({ timeout: MINUTE });
  const worst = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Worst rows' }) });
  await worst.getByRole('row').nth(1).waitFor({ timeout: MINUTE });
  const off = (await worst.locator('tbody tr td:nth-child(4)').allInnerTexts()).map((text) => Math.abs(Number(text.replace('−', '-'))));
  expect(off).toEqual([...off].sort((a, b) => b - a));
  await look(launched, 'table-quality-number');
  expect(errors).toEqual([]);
});
