// A run in every situation a person can bring it into: watched, reloaded, stopped, resumed, killed, closed in the middle.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { listRuns } from '#store/runs';
import { launchApp, startAgain, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, eventLines, figure, go, region } from './page-parts';
import { planTooMuch, queueDigits } from './plan-for-later';
import { appBytes, residentBytes } from './resident';
import { importDigits, planDigits, startTraining } from './sample-flow';
import { planSixteenPieces } from './sixteen-pieces';

const MINUTE = 60_000;
/** Far more than any test waits for. */
const EPOCHS = 3_000;
/** Of 1,438 digits to learn from, by 1,024. */
const STEPS_AN_EPOCH = 2;

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

async function finishEarly(page: Page): Promise<void> {
  await button(page, 'Finish early').click();
  await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });
}

/** "Checkpoint saved after step 1,234." → 1234 */
async function checkpointStep(page: Page): Promise<number> {
  const line = (await eventLines(page)).find((text) => text.startsWith('Checkpoint'));
  return Number(/step ([\d,]+)/.exec(line ?? '')?.[1].replaceAll(',', ''));
}

/** Answers the step it was paused at; the memory of the training process is the system's again. */
async function pauseAndGiveBack({ app, page }: LaunchedApp): Promise<number> {
  const held = residentBytes([await trainerProcess(app)]);
  const before = await appBytes(app);
  const isBack = (bytes: number) => before - bytes > 0.8 * held;
  expect(held).toBeGreaterThan(100e6);
  await reach(page, await figure(page, 'Step'));
  expect(isBack(await appBytes(app))).toBe(false);

  await button(page, 'Pause').click();
  await page.getByText('Paused', { exact: true }).waitFor({ timeout: MINUTE });
  await expect.poll(async () => isBack(await appBytes(app)), { timeout: 10_000 }).toBe(true);
  const said = /^Paused after step ([\d,]+); its memory is free again\.$/;
  const line = (await eventLines(page)).find((text) => said.test(text));
  const step = Number(said.exec(line ?? '')?.[1].replaceAll(',', ''));
  // How far it came stays in sight, and is not said of a run that trains.
  expect(await figure(page, 'Step')).toBe(step);
  expect(await figure(page, 'Time left')).toBeNaN();
  expect(await region(page, 'Progress').getByRole('status').textContent()).toBe('');
  expect(Number(await page.getByRole('progressbar', { name: 'Training progress' }).getAttribute('value'))).toBeCloseTo(
    step / (EPOCHS * STEPS_AN_EPOCH),
  );
  await place(page, 'Run, 1 paused').waitFor();
  return step;
}

/** Asked before, and not done. */
async function keepsDataOfPaused(page: Page): Promise<void> {
  await go(page, 'Data');
  await button(page, 'Remove digits').click();
  await page.getByText('1 paused run needs it.').waitFor();
  await button(page, 'Keep it').click();
  await page.getByRole('article', { name: 'digits' }).waitFor();
}

/** Of a run that was finished early: its best epoch is kept; the last one is, with a press, and the history says so. */
async function keepTheLast(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  const other = button(page, 'Keep the last instead');
  await page.getByText(/^Kept: /).waitFor();
  // The last epoch may be the best one: then there is no other.
  for (let tries = 0; tries < 5 && (await other.count()) === 0; tries++) {
    await button(page, 'Resume').click();
    await reach(page, (await checkpointStep(page)) + 20);
    await finishEarly(page);
    await page.getByText(/^Kept: /).waitFor();
  }
  const kept = await page.getByText(/^Kept: the model of epoch [\d,]+, the best by validation loss/).innerText();
  await look(launched, '6-run-kept');
  await other.click();
  await page.getByText(/^Kept: the last model, of epoch [\d,]+ \(validation loss .*\)\. The best, of epoch/).waitFor();
  await go(page, 'History');
  const row = page.getByRole('row').filter({ hasText: 'digits' });
  expect(await row.innerText()).toMatch(/[\d,]+ of 3,000\s+epoch [\d,]+/);
  await button(page, 'Undo').click();
  await row.getByRole('link').first().click();
  await region(page, 'Result').getByText(kept).waitFor();
}

/** Those the history holds of the newest run. */
const epochsOfTheRun = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const runs = await window.overbatch.listRuns();
    if (!runs.ok) throw new Error(runs.sentence);
    const detail = await window.overbatch.getRun(runs.value[0].id);
    if (!detail.ok) throw new Error(detail.sentence);
    return detail.value.epochs.map(({ epoch }) => epoch);
  });

/** In the navigation, with what it says beside its name. */
const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name, exact: true });

async function trainerProcess(app: ElectronApplication): Promise<number> {
  const metrics = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics());
  const trainers = metrics.filter(
    ({ type, name, serviceName }) => type === 'Utility' && [name, serviceName].includes('Overbatch training'),
  );
  expect(trainers).toHaveLength(1);
  return trainers[0].pid;
}

test(
  'a new user asks for 1,024, allows what pieces of 64 need, checks it, starts, watches, reloads, pauses, resumes, loses the training process and finishes early',
  { timeout: 5 * MINUTE },
  async () => {
    const launched = await launchApp();
    const { app, page, errors } = launched;
    await importDigits(page);
    await planSixteenPieces(page);
    await page.getByLabel('Epochs', { exact: true }).fill(String(EPOCHS));
    await startTraining(page);
    await expect
      .poll(() => eventLines(page))
      .toContainEqual(expect.stringMatching(/^Each mini-batch of 1,024 runs as 16 micro-batches of at most 64:/));

    const atFirst = await reach(page, 60);
    await look(launched, '5-run');
    expect(await figure(page, 'Step')).toBeGreaterThan(atFirst);
    expect(await figure(page, 'Validation')).toBeGreaterThan(20);
    const beforeReload = await figure(page, 'Step');
    await page.reload();
    await page.getByRole('progressbar', { name: 'Training progress' }).waitFor();
    await reach(page, beforeReload);
    const lines = await eventLines(page);
    expect(lines.filter((line, i) => line === lines[i - 1])).toEqual([]);
    await button(page, 'Loss: Show table').click();
    const firstEpoch = region(page, 'Loss as a table').getByRole('row').nth(1);
    expect(await firstEpoch.getByRole('cell').first().innerText()).toBe('1');

    const pausedAt = await pauseAndGiveBack(launched);
    await look(launched, '6-run-paused');
    await go(page, 'History');
    expect(await page.getByRole('row').filter({ hasText: 'digits' }).innerText()).toContain('Paused');
    await keepsDataOfPaused(page);
    await go(page, 'Run');
    await button(page, 'Resume').click();
    const beforeDeath = await reach(page, pausedAt);

    const first = await trainerProcess(app);
    process.kill(first, 'SIGKILL');
    const line = /^The training process stopped unexpectedly .* goes on from (the checkpoint after step|where it was resumed)/;
    await expect.poll(() => eventLines(page), { timeout: MINUTE }).toContainEqual(expect.stringMatching(line));
    // What it had reached stays on the page until the next process is past it.
    const atDeath = Math.max(beforeDeath, await figure(page, 'Step'));
    await look(launched, '6-run-killed');
    await expect.poll(() => trainerProcess(app).catch(() => first), { timeout: MINUTE }).not.toBe(first);
    await reach(page, atDeath);

    await finishEarly(page);
    await look(launched, '6-run-finished-early');
    const stoppedAt = await checkpointStep(page);
    expect(stoppedAt).toBeGreaterThan(atDeath);
    const epochs = await epochsOfTheRun(page);
    expect(epochs).toEqual(epochs.map((_, i) => i + 1));
    expect(epochs.length).toBeGreaterThanOrEqual(Math.floor(atDeath / STEPS_AN_EPOCH));
    expect(await page.getByText('It can go on from its last checkpoint.').count()).toBe(1);

    await button(page, 'Resume').click();
    await reach(page, stoppedAt);
    expect(await eventLines(page)).toContainEqual(expect.stringMatching(`^Resumed after step ${stoppedAt.toLocaleString('en')} `));
    await button(page, 'Pause').click();
    await page.getByText('Paused', { exact: true }).waitFor({ timeout: MINUTE });
    const leftAt = await checkpointStep(page);
    expect(leftAt).toBeGreaterThan(stoppedAt);
    // Paused, it is finished without a step more.
    await finishEarly(page);
    expect(await checkpointStep(page)).toBe(leftAt);
    await place(page, 'Run').waitFor();
    await keepTheLast(launched);
    expect(errors).toEqual([]);
  },
);

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

/** Notes when the Run page says that nothing trains, however short that is. */
const watchForNothing = (page: Page) =>
  page.evaluate(() => {
    const seen = window as unknown as { nothing: boolean };
    seen.nothing = false;
    new MutationObserver(() => (seen.nothing ||= document.body.innerText.includes('Nothing is training'))).observe(document.body, {
      subtree: true,
      childList: true,
    });
  });
const sawNothing = (page: Page) => page.evaluate(() => (window as unknown as { nothing: boolean }).nothing);

test(
  'closing the window while a run trains asks once, and names what waits: the run goes on without it and is shown again by a second start; told to pause, it saves and quits; the next start shows it with its queue, what is discarded comes back, and what has ended is not lost',
  { timeout: 4 * MINUTE },
  async () => {
    const { app, page, dataFolder } = await startLongRun();
    await planTooMuch(page);
    await queueDigits(page, 30);
    await queueDigits(page, 200);
    await go(page, 'Run');
    await place(page, 'Run, training, 2 waiting').waitFor();
    await answerWith(app, CANCEL);
    await closeWindow(app);
    const asked = () => app.evaluate(() => (globalThis as { asked?: { message?: string; detail?: string } }).asked);
    await expect.poll(asked).toMatchObject({ message: expect.stringMatching(/^“.*” is still training, \d+ % done\.$/) as string });
    expect((await asked())?.detail).toContain('2 runs wait after it.');
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
    const leftAt = await reach(back, before);
    expect(await trainerProcess(app)).toBe(trainer);

    await answerWith(app, PAUSE);
    let ended = appEnds(app);
    await closeWindow(app);
    await ended;
    const again = await launchApp({ dataFolder });
    await place(again.page, 'Run, 1 paused, 2 waiting').waitFor();
    await go(again.page, 'Plan');
    await again.page.getByText('It starts ahead of the queue (2 runs), which goes on behind it. The paused run stays on Run.').waitFor();
    await go(again.page, 'Run');
    expect(await again.page.locator('main').innerText()).toMatch(/Paused.*can go on from its last checkpoint/);
    expect(await figure(again.page, 'Step')).toBeGreaterThanOrEqual(leftAt);
    await look(again, '6-run-restarted');

    const pausedAt = await figure(again.page, 'Step');
    await button(again.page, 'Resume, then the queue').click();
    await reach(again.page, pausedAt);
    await watchForNothing(again.page);
    await button(again.page, 'Discard').click();
    await button(again.page, 'Discard the run').click();
    await again.page.getByText(/^Discarded the run/).waitFor({ timeout: MINUTE });
    // The next one comes to its end, and the one behind it takes its page; what was asked of the one is not asked of the other.
    await button(again.page, 'Discard').click();
    await button(again.page, 'Discard the run').waitFor();
    await again.page.getByText(/^“.*” has ended\.$/).waitFor({ timeout: MINUTE });
    expect(await again.page.getByRole('dialog').count()).toBe(0);
    expect(await sawNothing(again.page)).toBe(false);
    await again.page.getByRole('link', { name: 'See its result' }).click();
    await again.page.getByText('Completed', { exact: true }).waitFor();
    await button(again.page, 'Undo').click();
    await again.page.getByText(/is back in History, paused\. It can go on when nothing else trains\.$/).waitFor();
    await again.page.getByRole('link', { name: 'Show it' }).click();
    await again.page.getByText('Another run has the memory.').waitFor();
    for (const verb of ['Resume', 'Finish early']) {
      expect(await button(again.page, verb).isDisabled()).toBe(true);
      expect(await button(again.page, verb).getAttribute('aria-describedby')).toMatch(/-why$/);
    }
    await look(again, '6-run-left-in-history');

    await answerWith(again.app, GO_ON);
    ended = appEnds(again.app);
    await closeWindow(again.app);
    await ended;
    const db = openStore(foldersIn(dataFolder).database);
    onTestFinished(() => closeStore(db));
    expect(listRuns(db).map(({ state }) => state)).toEqual(['completed', 'completed', 'paused']);
  },
);
