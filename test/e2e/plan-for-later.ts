// A plan that is too large beside the run that trains.
import { expect } from 'vitest';
import type { LaunchedApp } from './launch';
import { look } from './looks';
import { button, region } from './page-parts';
import { planDigits } from './sample-flow';

/** What does not fit beside the run that trains can wait for its memory, unless a person says how much it may take. */
export async function planTooMuch(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await planDigits(page, 30);
  const plan = region(page, 'Before you start');
  await page.getByLabel('Batch size', { exact: true }).fill('1024');
  await page.getByLabel('Pictures per piece').fill('1024');
  await page.getByRole('heading', { name: 'More settings' }).click();
  await page.getByLabel('Picture size (pixels)', { exact: true }).fill('1024');
  await plan.getByText('This does not fit beside the run that trains').waitFor({ timeout: 20_000 });
  const note = plan.locator('#plan-start-note');
  await expect.poll(() => note.innerText()).toMatch(/^This one begins .* Whether it fits is measured then\.$/);
  expect(await button(plan, 'Add to queue').isEnabled()).toBe(true);
  await look(launched, '6-plan-for-later');

  const budget = page.getByRole('group', { name: 'Memory budget' });
  await budget.getByRole('radio', { name: 'At most' }).check();
  await plan.getByText('This does not fit', { exact: true }).waitFor();
  await expect.poll(() => note.innerText()).toBe('These settings do not fit: change them first.');
  expect(await button(plan, 'Add to queue').isDisabled()).toBe(true);
  for (const field of ['Picture size (pixels)', 'Memory budget', 'Batch size']) await button(page, `Reset ${field}`).click();
}
