// A run in every situation a person can bring it into: watched, reloaded, stopped, resumed, killed, closed in the middle.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { listRuns } from '#store/runs';
import { launchApp, startAgain, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, eventLines, figure, go, region } from './page-parts';
import { importDigits, planDigits, startTraining } from './sample-flow';

const MINUTE = 60_000;
/** Far more than any test waits for. */
const EPOCHS = 500;

async function startLongRun(): Promise<LaunchedApp> {
  const launched = await launchApp();
  await importDigits(launched.page);
  await planDigits(launched.page, EPOCHS);
  await startTraining(launched.page);
  return launched;
}

/** Waits until the run is past a step; answers where it is then. */
async function reach(page: Page, step: number): Promise<number> {
  await expect.poll(() => figure(page, 'Step').catch(() => NaN), { timeout: MINUTE }).toBeGreaterThan(step);
  return figure(page, 'Step');
}

async function stop(page: Page): Promise<void> {
  await button(page, 'Finish early').click();
  await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });
}

/** "Checkpoint saved after step 1,234." → 1234 */
async function checkpointStep(page: Page): Promise<number> {
  const line = (await eventLines(page)).find((text) => text.startsWith('Checkpoint'));
  return Number(/step ([\d,]+)/.exec(line ?? '')?.[1].replaceAll(',', ''));
}

async function trainerProcess(app: ElectronApplication): Promise<number> {
  const metrics = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics());
  const trainers = metrics.filter(
    ({ type, name, serviceName }) => type === 'Utility' && [name, serviceName].includes('Overbatch training'),
  );
  expect(trainers).toHaveLength(1);
  return trainers[0].pid;
}

test(
  'a run is watched live, outlives a reload of the window, stops with a checkpoint and goes on from there',
  { timeout: 4 * MINUTE },
  async () => {
    const launched = await startLongRun();
    const { page, errors } = launched;
    const atFirst = await reach(page, 60);
    await look(launched, '5-run');
    expect(await figure(page, 'Step')).toBeGreaterThan(atFirst);
    expect(await figure(page, 'Validation')).toBeGreaterThan(20);
    const beforeReload = await figure(page, 'Step');

    await page.reload();
    await page.getByRole('progressbar', { name: 'Training progress' }).waitFor();
    await reach(page, beforeReload);
    await look(launched, '5-run-reloaded');
    const lines = await eventLines(page);
    expect(lines.filter((line, i) => line === lines[i - 1])).toEqual([]);
    await button(page, 'Loss: Show table').click();
    const firstEpoch = region(page, 'Loss as a table').getByRole('row').nth(1);
    expect(await firstEpoch.getByRole('cell').first().innerText()).toBe('1');

    await stop(page);
    await look(launched, '6-run-stopped');
    const stoppedAt = await checkpointStep(page);
    expect(stoppedAt).toBeGreaterThan(beforeReload);
    expect(await page.getByText('It can go on from its last checkpoint.').count()).toBe(1);

    await button(page, 'Resume').click();
    await reach(page, stoppedAt);
    expect(await eventLines(page)).toContainEqual(expect.stringMatching(`^Resumed after step ${stoppedAt.toLocaleString('en')} `));
    await stop(page);
    expect(await checkpointStep(page)).toBeGreaterThan(stoppedAt);
    expect(errors).toEqual([]);
  },
);

test('a training process that is killed takes nothing with it: it is started again from the last checkpoint, said in plain words; paused, the run goes on when it is resumed', async () => {
  const launched = await startLongRun();
  const { app, page } = launched;
  await stop(page);
  await button(page, 'Resume').click();
  await reach(page, await checkpointStep(page));

  const first = await trainerProcess(app);
  process.kill(first, 'SIGKILL');
  const line = /^The training process stopped unexpectedly .* goes on from (the checkpoint after step|where it was resumed)/;
  await expect.poll(async () => (await eventLines(page)).some((text) => line.test(text)), { timeout: MINUTE }).toBe(true);
  await look(launched, '6-run-killed');
  await expect.poll(() => trainerProcess(app).catch(() => first), { timeout: MINUTE }).not.toBe(first);
  await reach(page, 0);

  await button(page, 'Pause').click();
  await page.getByText('Paused', { exact: true }).waitFor({ timeout: MINUTE });
  await go(page, 'History');
  expect(await page.getByRole('row').filter({ hasText: 'digits' }).innerText()).toContain('Paused');
  await go(page, 'Run');
  await button(page, 'Resume').click();
  await reach(page, 0);
  await stop(page);
});

/** What the next native question is answered with. */
const answerWith = (app: ElectronApplication, response: number) =>
  app.evaluate(({ dialog }, given) => {
    const asked = globalThis as { asked?: unknown };
    dialog.showMessageBox = ((...args: unknown[]) => {
      asked.asked = args.at(-1);
      return Promise.resolve({ response: given, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, response);
const [GO_ON, PAUSE, , CANCEL] = [0, 1, 2, 3];

const closeWindow = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
const appEnds = (app: ElectronApplication) => new Promise<void>((resolve) => void app.once('close', () => resolve()));

test('closing the window while a run trains asks once: the run goes on without it and is shown again by a second start; told to pause, it saves and quits', async () => {
  const { app, page, dataFolder } = await startLongRun();
  await answerWith(app, CANCEL);
  await closeWindow(app);
  const asked = await app.evaluate(() => (globalThis as { asked?: { message?: string } }).asked);
  expect(asked?.message).toBe('A run is still training.');
  const before = await reach(page, await figure(page, 'Step'));

  await answerWith(app, GO_ON);
  const closed = page.waitForEvent('close');
  await closeWindow(app);
  await closed;
  const trainer = await trainerProcess(app);
  const shown = app.waitForEvent('window');
  await startAgain(dataFolder);
  const back = await shown;
  await back.getByRole('progressbar', { name: 'Training progress' }).waitFor({ timeout: MINUTE });
  await reach(back, before);
  expect(await trainerProcess(app)).toBe(trainer);

  await answerWith(app, PAUSE);
  let ended = appEnds(app);
  await closeWindow(app);
  await ended;
  const again = await launchApp({ dataFolder });
  await go(again.page, 'Run');
  expect(await again.page.locator('main').innerText()).toMatch(/Paused.*can go on from its last checkpoint/);
  await button(again.page, 'Resume').waitFor();

  await planDigits(again.page, 60);
  await startTraining(again.page);
  await answerWith(again.app, GO_ON);
  ended = appEnds(again.app);
  await closeWindow(again.app);
  await ended;
  const db = openStore(foldersIn(dataFolder).database);
  onTestFinished(() => closeStore(db));
  expect(listRuns(db).map(({ state }) => state)).toEqual(['completed', 'paused']);
});
