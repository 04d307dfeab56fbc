// History and Compare by keyboard alone: Tab, arrows, Enter and letters; wherever the focus is, it can be seen. The runs were there before.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { longRun } from '#test/support/long-history';
import { temporaryFolder } from '#test/support/temporary-folder';
import { focused, goByKeyboard, hasFocus, press, tabTo, typeInto } from './by-keyboard';
import { launchApp, type LaunchedApp } from './launch';
import { region } from './page-parts';

const BATCHES = [64, 128, 256, 512];
const STEPS = 600;

function fourRuns(): string {
  const root = temporaryFolder();
  const db = openStore(foldersIn(root).database);
  BATCHES.forEach((batch, i) => {
    const id = `0${i}0a0a0a-1111-4222-8333-444444444444`;
    longRun(db, { id, steps: STEPS, spec: { ...DEFAULT_SPEC, batch, learningRate: 0.001 * (i + 1) } });
  });
  closeStore(db);
  return root;
}

/** The batches of the rows, as they stand one below the other. */
const batches = async (page: Page): Promise<number[]> =>
  (await page.getByRole('rowheader').getByRole('link').allInnerTexts()).map((name) => Number(/batch\s+(\d+)/.exec(name)![1]));

const nameOf = (batch: number) => `digits, Small CNN, batch ${batch}`;

async function findsByKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('Control+F');
  await page.keyboard.type('no such run');
  await page.getByRole('heading', { name: 'No run is like that' }).waitFor();
  await press(page, 'Show all');
  // One goes on where one began.
  await expect.poll(async () => (await focused(page)).name).toBe('Find runs');
  await press(page, 'Filter');
  await typeInto(page, 'Batch', '> 128');
  await page.getByText('2 of 4 runs are shown.').waitFor();
  expect(await batches(page)).toEqual([512, 256]);
  await press(page, 'Show all');
  await press(page, /^Filter/);
}

async function ordersByKeyboard(page: Page): Promise<void> {
  await tabTo(page, 'when');
  const order = page.getByRole('combobox', { name: 'Order' });
  const said = () => order.evaluate((box: HTMLSelectElement) => box.selectedOptions[0].label);
  while ((await focused(page)).name !== 'Batch') await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  expect([await batches(page), await said()]).toEqual([[512, 256, 128, 64], 'Largest batch first']);
  const head = page.getByRole('columnheader', { name: /^Batch/ });
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await page.keyboard.press('Enter');
  expect([await batches(page), await said(), await head.getAttribute('aria-sort')]).toEqual([
    [64, 128, 256, 512],
    'Smallest batch first',
    'ascending',
  ]);
  await tabTo(page, 'Order');
  await page.keyboard.press('Home');
  expect([await batches(page), await said()]).toEqual([[512, 256, 128, 64], 'Newest first']);
  expect(await page.getByRole('columnheader', { name: /when/ }).getAttribute('aria-sort')).toBe('descending');
}

async function marksByKeyboard(page: Page): Promise<void> {
  await tabTo(page, `Pin ${nameOf(512)}`);
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  // Pinned, it stands first and keeps the focus.
  await expect.poll(() => batches(page)).toEqual([128, 512, 256, 64]);
  expect((await focused(page)).name).toBe(`Pin ${nameOf(128)}`);
  await press(page, `Tags and note of ${nameOf(128)}`);
  await page.getByRole('dialog', { name: 'Tags and note' }).waitFor();
  await page.keyboard.type('Paper');
  await typeInto(page, 'Note', 'For Anna.');
  await press(page, 'Save');
  await page.getByText('For Anna.').waitFor();
  await expect.poll(async () => (await focused(page)).name).toBe(`Tags and note of ${nameOf(128)}`);
}

async function deletesByKeyboard(page: Page): Promise<void> {
  await press(page, `Delete ${nameOf(512)}`);
  await expect.poll(() => batches(page)).toEqual([128, 256, 64]);
  await press(page, 'Undo');
  await expect.poll(() => batches(page)).toEqual([128, 512, 256, 64]);
}

async function comparesByKeyboard(page: Page): Promise<void> {
  await tabTo(page, new RegExp(`^Tick ${nameOf(128)}`));
  for (const key of ['Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  await press(page, 'Compare');
  await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'Compare' }))).toBe(true);
  const baseline = (batch: number) => page.getByText(`2 runs; the baseline is`).filter({ hasText: `batch ${batch}` });
  await baseline(128).waitFor();
  await press(page, 'Make B the baseline');
  await baseline(512).waitFor();

  await tabTo(page, /^A: /);
  await page.keyboard.press('Space');
  const lines = page.getByRole('group', { name: 'Lines that are shown' });
  await expect.poll(() => lines.getByRole('button', { pressed: true }).count()).toBe(1);
  await page.keyboard.press('Space');
  await expect.poll(() => lines.getByRole('button', { pressed: true }).count()).toBe(2);
  await tabTo(page, /^Over/);
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('combobox', { name: 'Over' }).inputValue()).toBe('step');
  const loss = region(page, 'Validation loss');
  await tabTo(page, 'Validation loss: values at one place');
  await page.keyboard.press('Home');
  const reader = page.getByRole('slider', { name: 'Validation loss: values at one place' });
  // The baseline first.
  const first = await reader.getAttribute('aria-valuetext');
  expect(first).toMatch(/^Step 100: B [\d.]+, A [\d.]+$/);
  await page.keyboard.press('ArrowRight');
  expect(await reader.getAttribute('aria-valuetext')).not.toBe(first);
  await press(page, 'Validation loss: Show table');
  await loss.getByRole('columnheader').first().waitFor();
}

async function savesByKeyboard({ app, page }: LaunchedApp): Promise<void> {
  const file = join(temporaryFolder(), 'report.html');
  await app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), file);
  await press(page, 'Save report…');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain(nameOf(128));
  await press(page, 'All runs');
  await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'History' }))).toBe(true);
}

test('runs are found, ordered, marked, deleted, brought back, compared and reported by keyboard alone', async () => {
  const launched = await launchApp({ dataFolder: fourRuns() });
  const { page, errors } = launched;
  await goByKeyboard(page, 'History');
  await page.getByText(/^4 runs/).waitFor();
  await findsByKeyboard(page);
  await ordersByKeyboard(page);
  await marksByKeyboard(page);
  await deletesByKeyboard(page);
  await comparesByKeyboard(page);
  await savesByKeyboard(launched);
  expect(errors).toEqual([]);
});
