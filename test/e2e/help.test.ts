// Help by keyboard: from a page to what belongs to it, a search, and back to where one was; every place at 200 %.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { lengthen, overflows } from '#test/support/window/overflows';
import { focused, hasFocus, tabTo } from './by-keyboard';
import { launchApp, type LaunchedApp } from './launch';
import { look } from './looks';
import { importDigits } from './sample-flow';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

test('? opens what belongs to the page, the search finds and opens it, and Escape leads back to the field that was left', async () => {
  const launched = await launchApp();
  const { app, page, errors } = launched;
  await importDigits(page);
  await page.keyboard.press('Control+2');
  await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'Plan' }))).toBe(true);

  // In a field it is a sign like others.
  const epochs = page.getByLabel('Epochs', { exact: true });
  await epochs.focus();
  await page.keyboard.type('?');
  expect([await epochs.inputValue(), await page.getByRole('heading', { level: 1, name: 'Plan' }).count()]).toEqual([
    expect.stringContaining('?'),
    1,
  ]);
  await page.keyboard.press('Backspace');
  await tabTo(page, 'More in Help: Epochs');
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(heading(page, 'Reading the curves'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await focused(page)).name).toBe('More in Help: Epochs');

  const scrolled = () => page.evaluate(() => document.querySelector('main')!.scrollTop);
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);
  await page.keyboard.press('?');
  await expect.poll(() => hasFocus(heading(page, 'Choosing a batch size'))).toBe(true);
  await look(launched, '11-help');

  await page.keyboard.press('/');
  await page.keyboard.type('dropuot');
  const found = page.getByRole('listbox', { name: 'Found in Help' }).getByRole('option');
  await expect.poll(() => found.first().innerText()).toMatch(/^Dropout \(%\)/);
  await look(launched, '11-help-found');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await focused(page)).name).toMatch(/^Dropout \(%\)/);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('blockchain');
  await page.getByText(/^Nothing in Help has (all of )?these words/).waitFor();
  // The first lets go of the search, the second of Help.
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('navigation', { name: 'Parts of Help' }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await focused(page)).name).toBe('More in Help: Epochs');
  expect(await scrolled()).toBe(before);

  // The menu asks for the same.
  await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items.find(({ accelerator }) => accelerator === 'F1')!.click();
  });
  await heading(page, 'Choosing a batch size').waitFor();
  await page.keyboard.press('F1');
  await expect.poll(async () => (await focused(page)).name).toBe('More in Help: Epochs');

  await holdsAtTwice(launched);
  expect(errors).toEqual([]);
});

/** 1280 × 800 at 200 %: nothing is cut, nor over something else, nor scrolls sideways; also with words as long as other languages have them. */
async function holdsAtTwice({ app, page }: LaunchedApp): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window.setContentSize(1280, 800);
    window.webContents.setZoomFactor(2);
  });
  await page.waitForFunction(() => innerWidth === 640);
  for (const place of ['data', 'plan', 'run', 'history', 'model', 'settings', 'help/settings', 'help/shortcuts']) {
    await page.evaluate((to) => (location.hash = `#/${to}`), place);
    await page.locator(`a[href^="#/${place.split('/')[0]}"][aria-current="page"]`).waitFor();
    await expect.poll(() => page.evaluate(overflows), { message: place }).toEqual([]);
    await page.evaluate(lengthen);
    await expect.poll(() => page.evaluate(overflows), { message: `${place}, with long words` }).toEqual([]);
  }
}
