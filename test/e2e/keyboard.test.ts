// From an empty window to a measured plan by keyboard alone; wherever the focus is, it can be seen.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchApp } from './launch';
import { measured, region } from './page-parts';

const MOST_TABS = 80;

interface Focused {
  name: string;
  visible: boolean;
}

/** Where the focus is, as a person hears it, and whether a person sees it. */
const focused = (page: Page): Promise<Focused> =>
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

async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    const focus = await focused(page);
    if (focus.name !== 'BODY') expect(focus).toEqual({ name: focus.name, visible: true });
    if (focus.name === name) return;
    passed.push(focus.name);
  }
  throw new Error(`Tab never came to "${name}"; it came to ${passed.join(', ')}.`);
}

test('the sample is imported, planned, measured and checked by keyboard alone', async () => {
  const { page, errors } = await launchApp();
  await page.getByRole('button', { name: 'Try the digits sample' }).waitFor();
  await tabTo(page, 'Try the digits sample');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'digits' }).waitFor({ timeout: 60_000 });
  await tabTo(page, 'Plan a run with digits');
  await page.keyboard.press('Space');

  const heading = page.getByRole('heading', { level: 1, name: 'Plan' });
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
  await tabTo(page, 'Batch size slider');
  const batch = page.getByLabel('Batch size', { exact: true });
  const before = Number(await batch.inputValue());
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await batch.inputValue())).toBeGreaterThan(before);
  await tabTo(page, 'Batch size');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('256');
  await tabTo(page, 'Automatic');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'Pictures per piece');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('32');
  await tabTo(page, 'Measure');
  await page.keyboard.press('Enter');
  await measured(page);
  const plan = region(page, 'Before you start');
  await plan.getByText('8 pieces of 32').first().waitFor();

  await tabTo(page, 'Check it');
  await page.keyboard.press('Enter');
  await plan.getByText('Tried: the same result').waitFor({ timeout: 60_000 });
  await tabTo(page, 'Result');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, 'Take batch size 128');
  await page.keyboard.press('Enter');
  await plan.getByText('4 pieces of 32').first().waitFor();
  expect(await batch.inputValue()).toBe('128');
  expect((await focused(page)).name).toBe('Batch size 128, as asked');
  await tabTo(page, 'What the words mean');
  await tabTo(page, 'Start training');
  expect(errors).toEqual([]);
});
