// The whole slice by clicking alone, on real data: sample, plan, training, history, restart, a picture classified.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { walkThePlan } from './forecast-walk';
import { launchApp, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, figure, go, openTab, measured, region } from './page-parts';

const SEVEN = join(import.meta.dirname, '../../resources/samples/digits/7/digit-0007.png');
const MINUTE = 60_000;

export interface SampleFlow {
  epochs: number;
  /** Validation pictures right at the end, percent. */
  leastAccuracy: number;
  /** Go through the Plan page, and leave pictures of every page at every size and theme. */
  looks: boolean;
}

export async function importDigits(page: Page): Promise<void> {
  await button(page, 'Try the digits sample').click();
  await page.getByRole('article', { name: 'digits' }).waitFor({ timeout: MINUTE });
}

/** Batch 256 in pieces of 32, as the sample run of the documentation. */
export async function planDigits(page: Page, epochs: number): Promise<void> {
  await go(page, 'Plan');
  await expect.poll(() => page.getByLabel('Batch size', { exact: true }).inputValue()).toBe('256');
  const pieces = page.getByRole('group', { name: 'Pieces (micro-batches)' });
  await pieces.getByRole('radio', { name: 'At most' }).check();
  await pieces.getByLabel('Pictures per piece').fill('32');
  await page.getByLabel('Epochs', { exact: true }).fill(String(epochs));
}

/** Starts what is planned and waits until the first numbers are there. */
export async function startTraining(page: Page): Promise<void> {
  await button(page, 'Start training').click();
  await page.getByRole('progressbar', { name: 'Training progress' }).waitFor({ timeout: MINUTE });
  await expect.poll(() => figure(page, 'Step').catch(() => NaN), { timeout: MINUTE }).toBeGreaterThan(0);
}

export async function sampleFlow({ epochs, leastAccuracy, looks }: SampleFlow): Promise<void> {
  const see = (launched: LaunchedApp, name: string) => (looks ? look(launched, name) : undefined);
  const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: SEVEN } });
  await trainDigits(launched, epochs, looks, (name) => see(launched, name));
  await launched.close();

  const again = await launchApp({ dataFolder: launched.dataFolder, env: { OVERBATCH_TEST_DIALOG: SEVEN } });
  await readHistory(again, leastAccuracy);
  await see(again, '8-history-run');
  await classifySeven(again, (name) => see(again, name));
  await again.close();
}

async function trainDigits(
  launched: LaunchedApp,
  epochs: number,
  walks: boolean,
  see: (name: string) => Promise<void> | undefined,
): Promise<void> {
  const { page, errors } = launched;
  await button(page, 'Try the digits sample').waitFor();
  await see('1-data-empty');
  await importDigits(page);
  await page.getByRole('img', { name: /^7: / }).first().waitFor();
  await see('2-data');
  if (walks) await walkThePlan(launched, see);

  await planDigits(page, epochs);
  await see('3-plan');
  await button(page, 'Measure').click();
  await measured(page);
  await region(page, 'Before you start').getByText('8 pieces of 32').first().waitFor();
  await see('4-plan-measured');

  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 4 * MINUTE });
  await see('6-run-finished');
  await go(page, 'History');
  await see('7-history');
  expect(errors).toEqual([]);
}

async function readHistory({ page }: LaunchedApp, leastAccuracy: number): Promise<void> {
  await go(page, 'History');
  const row = page.getByRole('row').filter({ hasText: 'digits' });
  expect(await row.innerText()).toContain('Completed');
  const accuracy = /(\d+(?:\.\d+)?)\s?%/.exec(await row.innerText());
  expect(Number(accuracy?.[1])).toBeGreaterThanOrEqual(leastAccuracy);
  await row.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();
}

async function classifySeven({ page, errors }: LaunchedApp, see: (name: string) => Promise<void> | undefined): Promise<void> {
  await go(page, 'Model');
  await openTab(page, 'Try it');
  await see('9-try');
  await button(page, 'Choose pictures…').click();
  const mostProbable = region(page, 'What the model says').getByRole('row').nth(1);
  await mostProbable.waitFor({ timeout: MINUTE });
  await see('10-try-answer');
  expect(await mostProbable.getByRole('rowheader').innerText()).toBe('7');
  expect(errors).toEqual([]);
}
