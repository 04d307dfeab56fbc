// A run that no test waits the end of: begun by clicking, found in the window and among the processes.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchApp, type LaunchedApp } from './launch';
import { figure } from './page-parts';
import { importDigits, planDigits, startTraining } from './sample-flow';

export const MINUTE = 60_000;
/** Far more than any test waits for. */
export const EPOCHS = 3_000;

export async function startLongRun(): Promise<LaunchedApp> {
  const launched = await launchApp();
  await importDigits(launched.page);
  await planDigits(launched.page, EPOCHS);
  await startTraining(launched.page);
  return launched;
}

/** Waits until the run is past a step; answers where it is then. */
export async function reach(page: Page, step: number): Promise<number> {
  await expect.poll(() => figure(page, 'Step').catch(() => NaN), { timeout: MINUTE }).toBeGreaterThan(step);
  return figure(page, 'Step');
}

/** In the navigation, with what it says beside its name. */
export const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name, exact: true });

/** What forecast or measured before it may still be on its way out; none stays beside it. */
export async function trainerProcess(app: ElectronApplication): Promise<number> {
  const trainers = async () => {
    const metrics = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics());
    return metrics.filter(({ type, name, serviceName }) => type === 'Utility' && [name, serviceName].includes('Overbatch training'));
  };
  await expect.poll(trainers, { timeout: 10_000 }).toHaveLength(1);
  return (await trainers())[0].pid;
}
