// The Plan page while settings are chosen: what it says before any press, what its tabs show, what one press changes and takes back.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunForecast } from '#shared/forecast';
import { fits } from '#shared/forecast';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { parseBytes } from '#shared/bytes';
import type { LaunchedApp } from './launch';
import { button, go, region } from './page-parts';

/** Under this budget pieces of `micro` are the largest: what one needs, and a little of what one sample more would. */
async function budgetFor(page: Page, micro: number): Promise<number> {
  const forecast = await page.evaluate(
    async (spec): Promise<RunForecast> => {
      const datasets = await window.overbatch.listDatasets();
      if (!datasets.ok) throw new Error(datasets.sentence);
      for (;;) {
        const answer = await window.overbatch.forecastRun(datasets.value[0].id, spec);
        if (answer.ok) return answer.value;
        // The page asked meanwhile.
        if (answer.failure.kind !== 'cancelled') throw new Error(answer.sentence);
      }
    },
    { ...DEFAULT_SPEC, batch: 1024, micro },
  );
  if (!fits(forecast.asked)) throw new Error(`A piece of ${micro} does not fit.`);
  return Math.ceil(forecast.asked.peakBytes * 1.002);
}

export async function walkThePlan({ page }: LaunchedApp, see: (name: string) => Promise<void> | undefined): Promise<void> {
  await go(page, 'Plan');
  const plan = region(page, 'Before you start');
  const says = (words: string | RegExp) => plan.getByText(words).first().waitFor({ timeout: 20_000 });
  const batch = page.getByLabel('Batch size', { exact: true });
  // How long, once it is known how fast this computer is.
  await says(
    /^256 pictures need about [\d.]+\sMB; you allow .*\. It will run whole, in (under a second|up to \d+\ss|about .*|\d+ to \d+\s\w+)\.$/,
  );
  expect(await plan.getByText('Identical').count()).toBe(1);
  await says(/ for training itself; the program and its engine take \d+ to \d+\sMB more\.$/);

  await page.getByLabel('Batch size slider').press('ArrowRight');
  await page.getByLabel('Batch size slider').press('ArrowRight');
  expect(await batch.inputValue()).toBe('1024');
  const budget = page.getByRole('group', { name: 'Memory budget' });
  await budget.getByRole('radio', { name: 'At most' }).check();
  await budget.getByLabel('Memory budget amount').fill(`${await budgetFor(page, 64)} B`);
  await says(/^1,024 pictures need about .* It will run as 16 pieces of 64: same result(, .*)?\.$/);
  await says('The same result as one batch of 1,024');
  await button(plan, 'Check it').click();
  await says(/^Tried on \d+ of your pictures: the same result$/);
  await says(
    /^Whole and in \d+ pieces, (only the last digits differ, by 0\.\d+\s%; .* in another order makes 0\.\d+\s%|it is exactly the same, .*)\.$/,
  );
  await says(/^Why \d+: /);
  await see('3-plan-checked');

  await page.getByRole('tab', { name: 'Batch sizes' }).click();
  const asked = plan.getByRole('row').filter({ has: page.getByText('1,024', { exact: true }) });
  expect(await asked.innerText()).toMatch(/16 × 64/);
  await see('3-plan-sizes');
  await button(plan, 'Take batch size 128').click();
  await says(/^128 pictures need .* 2 pieces of 64/);
  await button(page, 'Undo').click();
  await says('16 pieces of 64');

  await page.getByRole('tab', { name: 'Memory' }).click();
  await says(/the chosen 64 need (about )?[\d.]+\sMB\./);
  await see('3-plan-memory');
  await button(plan, 'Memory by size of a piece: Show table').click();
  expect(await region(page, 'Memory by size of a piece as a table').getByRole('row').nth(1).innerText()).toMatch(/^1\s[\d.]+\sMB\s–$/);

  await page.getByRole('tab', { name: 'What if' }).click();
  await page.getByLabel('Would it fit a device with').selectOption({ label: '6 GB' });
  await says(/^Yes: it would run whole with at most [\d.]+\sMB: the same result\.$/);
  await see('3-plan-what-if');
  await says('16 pieces of 64');

  await takeAdvice(page);
  await page.getByRole('tab', { name: 'Result' }).click();
  await startAtOnce(page, 'resnet-8');
  // A start waits for what is counted of its own settings, which speaks against it.
  await says('Counting what these settings need: then it goes on.');
  await says('Not even one picture fits');
  // Its update needs the most, of which savers save nothing; of the pieces of a fixed size they do.
  expect(await plan.getByRole('button', { name: 'Compute' }).count()).toBe(0);
  const pieces = page.getByRole('group', { name: 'Pieces (micro-batches)' });
  await pieces.getByRole('radio', { name: 'At most' }).check();
  await pieces.getByLabel('Pictures per piece').fill('64');
  await says(/^These settings do not fit: change them first/);
  await plan.getByRole('button', { name: /^Compute part of it again: [\d.]+\sMB, (hardly|a little|about .*) slower$/ }).waitFor();
  const start = button(plan, 'Start training');
  expect([await start.isEnabled(), await start.getAttribute('aria-describedby')]).toEqual([false, 'plan-start-note']);
  await see('3-plan-does-not-fit');
  await pieces.getByRole('radio', { name: 'Automatic' }).check();
  await typeBudget(page, budget);
  await says('Not the same result as one batch of 1,024');
  await see('3-plan-not-identical');
  await button(plan, 'Exact batch normalization').click();
  await says('The same result as one batch of 1,024');
  await button(page, 'Undo').click();
  await says('Not the same result as one batch of 1,024');

  for (const field of ['Model', 'Memory budget', 'Batch size']) await button(page, `Reset ${field}`).click();
  await says(/^256 pictures need .* It will run whole(, .*)?\.$/);
}

/** The slider of what is left to others moves the field and the budget the other way. */
async function leavesBySliding(budget: Locator): Promise<void> {
  const [left, amount] = [budget.getByLabel('Left for other programs', { exact: true }), budget.getByLabel('Memory budget amount')];
  const slider = budget.getByLabel('Left for other programs slider');
  await slider.press('End');
  const most = await left.inputValue();
  expect(await amount.inputValue()).toMatch(/MB$/);
  await slider.press('Home');
  expect(parseBytes(await left.inputValue())! / parseBytes(most)!).toBeCloseTo(1 / 64, 2);
  expect(await amount.inputValue()).toMatch(/GB$/);
}

/** A bare number is in the unit of before; the slider goes down to the least that fits, and keeps the unit. */
async function typeBudget(page: Page, budget: Locator): Promise<void> {
  const amount = budget.getByLabel('Memory budget amount');
  await amount.fill('30 MB');
  const least = /It needs at least ([\d.]+)\sMB/.exec(await budget.getByText('It needs at least').innerText())!;
  const slider = budget.getByLabel('Memory budget slider');
  await slider.press('Home');
  expect(await amount.inputValue()).toMatch(/^[\d.]+\sMB$/);
  expect(parseFloat(await amount.inputValue()) / parseFloat(least[1])).toBeLessThanOrEqual(1.1);
  expect(parseFloat(await amount.inputValue())).toBeGreaterThanOrEqual(parseFloat(least[1]));
  await region(page, 'Before you start')
    .getByText(/^1,024 pictures need /)
    .waitFor();
  await amount.fill('20');
  await page.getByText('Write a size with its unit, such as 512 MB or 2 GB.').waitFor();
  await amount.press('Tab');
  expect(await amount.inputValue()).toBe('20 MB');
  // Whoever wrote the unit: here what is left to other programs did.
  await budget.getByLabel('Left for other programs', { exact: true }).fill('100 MB');
  const unit = (await amount.inputValue()).replace(/[^A-Z]/g, '');
  expect(unit).toBe('GB');
  await leavesBySliding(budget);
  await amount.fill('6');
  await amount.press('Tab');
  expect(await amount.inputValue()).toBe('6 GB');
  await amount.fill('20 MB');
}

/** A learning rate by the rule of thumb for the larger batch; its press is undone by the field's own reset. */
/** Chooses a model and presses Start before anything can be known of it. */
const startAtOnce = (page: Page, model: string): Promise<void> =>
  page.getByLabel('Model', { exact: true }).evaluate(async (select: HTMLSelectElement, name) => {
    select.value = name;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await Promise.resolve();
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Start training'))!.click();
  }, model);

async function takeAdvice(page: Page): Promise<void> {
  const rate = page.getByLabel('Learning rate', { exact: true });
  await page.getByText('Malladi and others, 2022').waitFor();
  await button(page, 'Take 0.01').click();
  expect(await rate.inputValue()).toBe('0.01');
  expect(await page.getByText('Malladi').count()).toBe(0);
  await button(page, 'Reset Learning rate').click();
  expect(await rate.inputValue()).toBe('0.005');
  await page.getByText('Few updates').waitFor();
}
