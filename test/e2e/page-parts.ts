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

/** A figure of the Run page, e.g. "Time left", as it stands there. */
export function figureText(page: Page, name: string): Promise<string> {
  const figures = region(page, 'Progress').locator('.figure');
  return figures
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('.value')
    .innerText({ timeout: 5_000 });
}

/** The number it is, e.g. "Step"; NaN while it is a dash. */
export const figure = async (page: Page, name: string): Promise<number> =>
  Number((await figureText(page, name)).replaceAll(',', '').replace(/ ?%$/, ''));

/** What the Run page tells of the run, newest first. */
export const eventLines = (page: Page): Promise<string[]> => region(page, 'Events').first().locator('li span').allInnerTexts();

/** Until the plan is measured, whatever was forecast before. */
export const measured = (page: Page, timeout = 60_000): Promise<void> =>
  region(page, 'Before you start').getByText('Measured: ready to start.').waitFor({ timeout });
