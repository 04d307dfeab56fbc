// Going about by keyboard alone; wherever the focus is, it must be seen.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const MOST_TABS = 80;

interface Focused {
  name: string;
  visible: boolean;
}

/** Where the focus is, as a person hears it, and whether a person sees it. */
export const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent) : [];
    const name = [element.getAttribute('aria-label'), ...labels, element.textContent].find((text) => text?.trim()) ?? element.tagName;
    const box = element.getBoundingClientRect();
    const inWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    return { name: name.trim(), visible: inWindow && ring };
  });

export const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((each) => each === document.activeElement);

export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    const focus = await focused(page);
    if (focus.name !== 'BODY') expect(focus).toEqual({ name: focus.name, visible: true });
    if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
    passed.push(focus.name);
  }
  throw new Error(`Tab never came to "${name}"; it came to ${passed.join(', ')}.`);
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** To a place, as its link is called while a run trains, too. */
export async function goByKeyboard(page: Page, place: string): Promise<void> {
  await press(page, new RegExp(`^${place}(, .*)?$`));
  const heading = page.getByRole('heading', { level: 1, name: place });
  await expect.poll(() => hasFocus(heading)).toBe(true);
}
