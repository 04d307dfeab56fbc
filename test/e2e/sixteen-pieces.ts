// A new user's plan: a batch of 1,024 digits by the slider, under a budget in which pieces of 64 are the largest; tried whole and in pieces.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { button, go, region } from './page-parts';

/** What a real plan finds that pieces of 64 need, and a little of what one sample more would. */
async function budgetForSixtyFour(page: Page): Promise<number> {
  const peakBytes = await page.evaluate(
    async (spec): Promise<number> => {
      const datasets = await window.overbatch.listDatasets();
      if (!datasets.ok) throw new Error(datasets.sentence);
      const answer = await window.overbatch.planRun(datasets.value[0].id, spec);
      if (!answer.ok) throw new Error(answer.sentence);
      return answer.value.plan.peakBytes;
    },
    { ...DEFAULT_SPEC, batch: 1024, micro: 64 },
  );
  return Math.ceil(peakBytes * 1.002);
}

export async function planSixteenPieces(page: Page): Promise<void> {
  await go(page, 'Plan');
  const plan = region(page, 'Before you start');
  const says = (words: string | RegExp) => plan.getByText(words).first().waitFor({ timeout: 20_000 });
  await says(/^256 pictures need /);
  const slider = page.getByLabel('Batch size slider');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  expect(await page.getByLabel('Batch size', { exact: true }).inputValue()).toBe('1024');
  await says(/^1,024 pictures need .* It will run whole/);

  const budget = page.getByRole('group', { name: 'Memory budget' });
  await budget.getByRole('radio', { name: 'At most' }).check();
  await budget.getByLabel('Memory budget amount').fill(`${await budgetForSixtyFour(page)} B`);
  await says(/^1,024 pictures need .* It will run as 16 pieces of 64: same result/);
  await says('The same result as one batch of 1,024');
  await button(plan, 'Check it').click();
  await says(/^Tried on \d+ of your pictures: the same result$/);
}
