// The history at work, with two runs in it: marked by keyboard, grouped, looked at in a kept view, and without its weights for a while.
import { expect } from 'vitest';
import { focused } from './by-keyboard';
import type { LaunchedApp } from './launch';
import { look } from './looks';
import { button, go } from './page-parts';

/** Leaves the history as it was, but for marks and columns. */
export async function walkTheHistory(launched: LaunchedApp): Promise<void> {
  await go(launched.page, 'History');
  await marksByKeyboard(launched);
  await groupsAndKeptView(launched);
  await deletesWeights(launched);
}

async function marksByKeyboard({ page }: LaunchedApp): Promise<void> {
  const ticks = page.getByRole('checkbox', { name: /^Tick .*,/ });
  const older = await ticks.last().getAttribute('aria-label');
  await ticks.last().focus();
  await page.keyboard.press('p');
  await page.getByRole('button', { name: /^Pin /, pressed: true }).waitFor();
  // The pinned one stands first, and keeps the focus.
  expect([await ticks.first().getAttribute('aria-label'), (await focused(page)).name]).toEqual([older, older]);
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tags and note' });
  await dialog.waitFor();
  await page.keyboard.type('Paper baseline');
  await dialog.getByLabel('Note').fill('The first of all.');
  await button(dialog, 'Save').press('Enter');
  await page.getByText('The first of all.').waitFor();
  expect((await focused(page)).name).toBe(older);
  await page.keyboard.press('ArrowDown');
  expect((await focused(page)).name).not.toBe(older);
  await page.keyboard.press('t');
  await button(dialog, 'paper').press('Space');
  await button(dialog, 'Save').press('Enter');
  await expect.poll(() => page.getByRole('rowheader').filter({ hasText: 'paper' }).count()).toBe(2);
}

async function groupsAndKeptView(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  const rows = () => page.getByRole('rowheader').allInnerTexts();
  await page.getByRole('combobox', { name: 'Groups' }).selectOption('Group by tag');
  await page.getByRole('button', { name: /^paper\s*2 runs, best/ }).waitFor();
  await look(launched, 'history-grouped');
  await page.getByRole('button', { name: /^paper/ }).press('Enter');
  await expect.poll(async () => (await rows()).length).toBe(1);
  await page.getByRole('searchbox', { name: 'Find runs' }).fill('tag:baseline');
  await page.getByText('1 of 2 runs are shown.').waitFor();
  await button(page, 'Columns').click();
  await page.getByRole('checkbox', { name: /^Batch,/ }).uncheck();
  await button(page, 'Views').click();
  await page.getByLabel('Keep this filter').fill('Baselines');
  await button(page, 'Keep').click();
  await button(page, 'Show all').click();
  await page.getByRole('combobox', { name: 'Groups' }).selectOption('Not grouped');
  await page
    .getByRole('checkbox', { name: /^Tick .*,/ })
    .nth(1)
    .waitFor();

  await page.reload();
  await button(page, 'Views').click();
  // The columns are remembered without a name.
  expect(await page.getByRole('columnheader', { name: /^Batch/ }).count()).toBe(0);
  await button(page, 'Baselines').click();
  await page.getByText('1 of 2 runs are shown.').waitFor();
  expect(await page.getByRole('searchbox', { name: 'Find runs' }).inputValue()).toBe('tag:baseline');
  await look(launched, 'history-kept-view');
  await button(page, 'Show all').click();
  await page.getByRole('combobox', { name: 'Groups' }).selectOption('Not grouped');
}

async function deletesWeights(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await page.getByRole('checkbox', { name: 'Tick all that are shown' }).check();
  await button(page, 'Delete the weights of the ticked runs').click();
  await page.getByText(/^Deleted the weights of 2 runs; the history is kept\. .* are free when Overbatch is next started\.$/).waitFor();
  await page.getByText(/on disk, and .* that are free after the next start\.$/).waitFor();
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByText(/^Its weights were deleted \(today/).waitFor();
  expect(await page.getByRole('link', { name: 'Try the model' }).count()).toBe(0);
  await button(page, 'Undo').first().click();
  await page.getByRole('link', { name: 'Try the model' }).waitFor();
  expect(await page.getByText(/^Its weights were deleted/).count()).toBe(0);
}
