// How a person finds things in the window: places, figures, the event list.
import type { Locator, Page } from 'playwright-core';

export type Place = 'Data' | 'Plan' | 'Run' | 'History' | 'Model';

export async function go(page: Page, place: Place): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

/** Of the tabs of a page. */
export const openTab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();

export const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

export const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });

/** A number of the Run page, e.g. "Step"; NaN while it is a dash. */
export async function figure(page: Page, name: string): Promise<number> {
  const figures = region(page, 'Progress').locator('.figure');
  const value = figures.filter({ has: page.getByText(name, { exact: true }) }).locator('.value');
  return Number((await value.innerText({ timeout: 5_000 })).replaceAll(',', '').replace(/ ?%$/, ''));
}

/** What the Run page tells of the run, newest first. */
export const eventLines = (page: Page): Promise<string[]> => region(page, 'Events').first().locator('li span').allInnerTexts();

/** Until the plan is measured, whatever was forecast before. */
export const measured = (page: Page, timeout = 60_000): Promise<void> =>
  region(page, 'Before you start').getByText('Measured: ready to start.').waitFor({ timeout });
