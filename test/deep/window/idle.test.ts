// What the app takes while nobody does anything: on each page, after a run, and without its window; processor time and memory of all its processes.
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { manyRuns } from '#test/support/many-runs';
import { appProcesses, cpuMilliseconds, programNames } from '#test/support/app-processes';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from '../../e2e/launch';
import { go, type Place } from '../../e2e/page-parts';
import { importDigits, planDigits, startTraining } from '../../e2e/sample-flow';

const MINUTE = 60_000;
/** What was asked for when a page was opened has come by then. */
const SETTLES_MS = 15_000;
const LOOKS_MS = Number(process.env.OVERBATCH_IDLE_SECONDS ?? 60) * 1_000;
/** Of one core. */
const MOST_PERCENT = 1;
const MB = 1e6;

async function percentOver(root: number): Promise<number> {
  const before = cpuMilliseconds(root);
  const start = performance.now();
  await wait(LOOKS_MS);
  return (100 * (cpuMilliseconds(root) - before)) / (performance.now() - start);
}

/** Each process's share: main 120, window 150, … */
async function memoryLine(app: ElectronApplication): Promise<string> {
  const all = appProcesses(app.process().pid!, await programNames(app));
  const line = all.map(({ role, rssBytes, pssBytes }) => `${role} ${(rssBytes / MB).toFixed(0)} (${(pssBytes / MB).toFixed(0)})`);
  const sum = all.reduce((bytes, { pssBytes }) => bytes + pssBytes, 0);
  return `${line.join(', ')}; together ${(sum / MB).toFixed(0)}`;
}

async function settledPercent(app: ElectronApplication, name: string): Promise<[string, number]> {
  await wait(SETTLES_MS);
  const percent = await percentOver(app.process().pid!);
  console.log(`${name}: ${percent.toFixed(2)} % of a core; RSS (PSS), MB: ${await memoryLine(app)}`);
  return [name, percent];
}

async function trainShortly(page: Page): Promise<void> {
  await planDigits(page, 2);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
}

test('idle, the app takes less than a hundredth of a core', { timeout: 30 * MINUTE }, async () => {
  const dataFolder = temporaryFolder();
  manyRuns(dataFolder, 200);
  const { app, page } = await launchApp({ dataFolder });
  await importDigits(page);
  const percents: [string, number][] = [];
  for (const place of ['Data', 'Plan', 'Run', 'History', 'Model'] satisfies Place[]) {
    await go(page, place);
    percents.push(await settledPercent(app, place));
  }
  for (const place of ['Settings', 'Help']) {
    await page.getByRole('link', { name: place, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: place }).waitFor();
    percents.push(await settledPercent(app, place));
  }
  await trainShortly(page);
  percents.push(await settledPercent(app, 'Run, after a run'));
  for (const place of ['History', 'Model'] satisfies Place[]) {
    await go(page, place);
    percents.push(await settledPercent(app, `${place}, after a run`));
  }
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].hide());
  percents.push(await settledPercent(app, 'hidden'));
  expect(percents.filter(([, percent]) => percent >= MOST_PERCENT)).toEqual([]);

  // A control: one timer that draws ten times a second is found.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].show());
  await page.evaluate(() =>
    setInterval(
      () => (document.title = `${performance.now()}`.repeat(50) && document.body.animate([{ opacity: 1 }, { opacity: 0.5 }], 90) && 'x'),
      100,
    ),
  );
  expect(await percentOver(app.process().pid!)).toBeGreaterThan(MOST_PERCENT);
});
