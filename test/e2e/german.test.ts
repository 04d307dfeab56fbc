// The app in German from its first start on: every page under its German name, clean for a screen reader, with no English left on it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { englishIn, sayIn } from '../support/said';
import { launchApp, type LaunchedApp } from './launch';
import { expectNoViolations } from './looks';
import { button, region } from './page-parts';

const german = (english: string): string => sayIn(english, 'de');

/** What is read, is told on request, or is folded away. */
const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const told = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'];
    const elements = [...document.querySelectorAll(told.map((name) => `[${name}]`).join(', '))];
    const texts = elements.flatMap((element) => told.map((name) => element.getAttribute(name) ?? ''));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? '');
    return texts.join(' ');
  });

async function expectGerman(launched: LaunchedApp, where: string): Promise<void> {
  expect(englishIn(await textOf(launched.page)), where).toEqual([]);
  await expectNoViolations(launched, where);
}

async function visit(launched: LaunchedApp, place: string): Promise<void> {
  const { page } = launched;
  await page
    .getByRole('banner')
    .getByRole('link', { name: german(place), exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name: german(place), exact: true }).waitFor();
}

test('every page speaks German, and numbers have a comma', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'overbatch-e2e-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ language: 'de' }));
  const launched = await launchApp({ dataFolder });
  const { page, errors } = launched;

  await button(page, german('Try the digits sample')).waitFor();
  expect(await page.evaluate(() => [document.documentElement.lang, navigator.language])).toEqual(['de', 'de']);
  for (const place of ['Run', 'History', 'Model', 'Plan', 'Settings', 'Help', 'Data']) {
    await visit(launched, place);
    await expectGerman(launched, place);
  }

  await button(page, german('Try the digits sample')).click();
  const card = page.getByRole('article');
  await card.waitFor({ timeout: 60_000 });
  expect(await card.innerText()).toMatch(/1\.797 Bilder · 10 Klassen · 8 × 8 grau · .* auf der Festplatte · importiert: heute/);
  await expectGerman(launched, 'Data with the digits');
  await card.getByRole('link').click();
  for (const tab of ['Classes and split', 'Versions', 'Pictures']) {
    await page.getByRole('tab', { name: german(tab), exact: true }).click();
    await expectGerman(launched, tab);
  }

  await button(page, german('Plan a run')).click();
  const rate = page.getByLabel(german('Learning rate'), { exact: true });
  expect(await rate.inputValue()).toMatch(/^0,0\d+$/);
  const before = region(page, german('Before you start'));
  await expect.poll(() => before.innerText(), { timeout: 60_000 }).toMatch(/\d,\d+\sMB/);
  await expectGerman(launched, 'Plan of the digits');
  await rate.fill('0,002');
  await page.getByLabel(german('Batch size'), { exact: true }).fill('1.024');
  await expect.poll(() => before.innerText(), { timeout: 60_000 }).toContain('1.024');
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
  for (const tab of ['Batch sizes', 'Memory', 'What if', 'Result']) {
    await page.getByRole('tab', { name: german(tab), exact: true }).click();
    await expectGerman(launched, tab);
  }
  expect(errors).toEqual([]);
});
