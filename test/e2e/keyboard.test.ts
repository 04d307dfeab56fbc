// From an empty window to runs that train one after another, by keyboard alone; wherever the focus is, it can be seen.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { focused, goByKeyboard, hasFocus, press, tabTo, typeInto } from './by-keyboard';
import { launchApp } from './launch';
import { look } from './looks';
import { button, figure, measured, region } from './page-parts';

const MINUTE = 60_000;
/** What the curves of a run that trains say. */
const ADVICE = /^(The loss (is|has)|Validation (is|has)|Training loss falls)/;

test(
  'the sample is imported, planned, measured, checked and trained, and runs are queued, by keyboard alone',
  { timeout: 4 * MINUTE },
  async () => {
    const launched = await launchApp();
    const { page, errors } = launched;
    await planByKeyboard(page);
    await typeInto(page, 'Epochs', '2000');
    await press(page, 'Start training');
    await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'Run' })), { timeout: MINUTE }).toBe(true);
    await trains(page, 2000);
    await queueByKeyboard(page);
    await look(launched, '5-run-queue');

    await press(page, 'Discard');
    await tabTo(page, 'Discard the run');
    await look(launched, '5-run-discard');
    await page.keyboard.press('Enter');
    // What was pressed for the run before is not meant for the next.
    await expect.poll(() => button(page, 'Finish early').isDisabled(), { timeout: MINUTE }).toBe(true);
    await trains(page, 1001);
    expect(await waitingRuns(page)).toEqual([expect.stringContaining('1,000 epochs')]);
    await pressUndoOf(page, /^Discarded the run/);
    await expect.poll(() => runsKept(page)).toBe(2);
    await press(page, 'Pause');
    await page.getByText('The queue waits because a run was paused.').waitFor({ timeout: MINUTE });
    await look(launched, '5-run-queue-held');
    await press(page, 'Start the next run');
    await trains(page, 1000);
    await page.getByText(ADVICE).waitFor({ timeout: MINUTE });
    await press(page, 'Finish early');
    await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });
    // What its curves advised is nothing to do any more.
    expect(await page.getByText(ADVICE).count()).toBe(0);
    expect(errors).toEqual([]);
  },
);

async function planByKeyboard(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the digits sample' }).waitFor();
  await tabTo(page, 'Try the digits sample');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'digits' }).waitFor({ timeout: MINUTE });
  await tabTo(page, 'Plan a run with digits');
  await page.keyboard.press('Space');

  await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'Plan' }))).toBe(true);
  await tabTo(page, 'Batch size slider');
  const batch = page.getByLabel('Batch size', { exact: true });
  const before = Number(await batch.inputValue());
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await batch.inputValue())).toBeGreaterThan(before);
  await typeInto(page, 'Batch size', '256');
  await tabTo(page, 'Automatic');
  await page.keyboard.press('ArrowDown');
  await typeInto(page, 'Pictures per piece', '32');
  await press(page, 'Measure');
  await measured(page);
  const plan = region(page, 'Before you start');
  await plan.getByText('8 pieces of 32').first().waitFor();

  await press(page, 'Check it');
  await plan.getByText(/^Tried on \d+ of your pictures: the same result$/).waitFor({ timeout: MINUTE });
  await tabTo(page, 'Result');
  await page.keyboard.press('ArrowRight');
  await press(page, 'Take batch size 128');
  await plan.getByText('4 pieces of 32').first().waitFor();
  expect(await batch.inputValue()).toBe('128');
  expect((await focused(page)).name).toBe('Batch size 128, as asked');
  await press(page, 'What the words mean');
  await page.getByRole('dialog', { name: 'What the words mean' }).getByText('Batch normalization').waitFor();
  await page.keyboard.press('Escape');
}

/** Until the run of so many epochs is at work. */
async function trains(page: Page, epochs: number): Promise<void> {
  await region(page, 'Progress')
    .getByText(`of ${epochs.toLocaleString('en')}`, { exact: true })
    .waitFor({ timeout: MINUTE });
  await expect.poll(() => figure(page, 'Step').catch(() => NaN), { timeout: MINUTE }).toBeGreaterThan(0);
  await expect.poll(() => button(page, 'Pause').isEnabled()).toBe(true);
}

const waitingRuns = (page: Page): Promise<string[]> => region(page, 'Queue').getByRole('listitem').allInnerTexts();

const runsKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const runs = await window.overbatch.listRuns();
    return runs.ok ? runs.value.length : NaN;
  });

/** The message that says so may stand below others that can be undone. */
async function pressUndoOf(page: Page, message: RegExp): Promise<void> {
  const undo = region(page, 'Messages').locator('.toast').filter({ hasText: message }).getByRole('button', { name: 'Undo' });
  do await tabTo(page, 'Undo');
  while (!(await hasFocus(undo)));
  await page.keyboard.press('Enter');
}

/** Two more; what comes second is moved before the other and keeps the focus. */
async function queueByKeyboard(page: Page): Promise<void> {
  await goByKeyboard(page, 'Plan');
  for (const epochs of [1000, 1001]) {
    await typeInto(page, 'Epochs', String(epochs));
    await press(page, 'Add to queue');
  }
  await page.getByText('This one begins after the run that trains and the 2 others that wait.', { exact: true }).waitFor();
  await goByKeyboard(page, 'Run');
  const [first, second] = [expect.stringContaining('1,000 epochs'), expect.stringContaining('1,001 epochs')];
  await expect.poll(() => waitingRuns(page)).toEqual([first, second]);
  await press(page, /up, place 2$/);
  await expect.poll(() => waitingRuns(page)).toEqual([second, first]);
  await expect.poll(async () => (await focused(page)).name).toMatch(/up, place 1$/);
}
