// Plans for the queue, behind the run that trains.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { button, region } from './page-parts';
import { planDigits } from './sample-flow';

/** What does not fit beside the run that trains can wait for its memory, unless a person says how much it may take. */
export async function planTooMuch(page: Page): Promise<void> {
  await planDigits(page, 30);
  const plan = region(page, 'Before you start');
  await page.getByLabel('Batch size', { exact: true }).fill('1024');
  const pieces = page.getByLabel('Pictures per piece');
  await pieces.fill('1024');
  await page.getByRole('heading', { name: 'More settings' }).click();
  await page.getByLabel('Picture size (pixels)', { exact: true }).fill('1024');
  // No computer has so much; nearly all memory of this one is more than is free now.
  await plan.getByText('This does not fit', { exact: true }).waitFor({ timeout: 20_000 });
  const needed = /about ([\d.]+)\sGB/.exec(await plan.getByText(/^A piece of 1,024 pictures needs/).innerText())!;
  const total = await page.evaluate(async () => {
    const space = await window.overbatch.getSpace();
    return space.ok ? space.value.totalMemoryBytes : NaN;
  });
  await pieces.fill(String(Math.floor((1024 * 0.95 * total) / (1e9 * Number(needed[1])))));
  await plan.getByText('This does not fit beside the run that trains').waitFor();
  const note = plan.locator('#plan-start-note');
  await expect.poll(() => note.innerText()).toMatch(/^This one begins .* Whether it fits is measured then\.$/);
  expect(await button(plan, 'Add to queue').isEnabled()).toBe(true);

  const budget = page.getByRole('group', { name: 'Memory budget' });
  await budget.getByRole('radio', { name: 'At most' }).check();
  await plan.getByText('This does not fit', { exact: true }).waitFor();
  await expect.poll(() => note.innerText()).toBe('These settings do not fit: change them first.');
  expect(await button(plan, 'Add to queue').isDisabled()).toBe(true);
  for (const field of ['Picture size (pixels)', 'Memory budget', 'Batch size']) await button(page, `Reset ${field}`).click();
}

/** Puts what is planned behind the run that trains. */
export async function queueDigits(page: Page, epochs: number): Promise<void> {
  await planDigits(page, epochs);
  await button(page, 'Add to queue').click();
  await page.getByText(/^Added to the queue/).waitFor();
}
