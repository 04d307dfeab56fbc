// A run as a person watches it: reloaded, paused and resumed, its process killed, finished early.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectFewColoursEnough } from './contrast';
import { launchApp, type LaunchedApp } from './launch';
import { EPOCHS, MINUTE, place, reach, trainerProcess } from './long-run';
import { look } from './looks';
import { button, eventLines, figure, figureText, go, region } from './page-parts';
import { appBytes, residentBytes } from './resident';
import { importDigits, startTraining } from './sample-flow';
import { planSixteenPieces } from './sixteen-pieces';

/** Of 1,438 digits to learn from, by 1,024. */
const STEPS_AN_EPOCH = 2;

async function finishEarly(page: Page): Promise<void> {
  await button(page, 'Finish early').click();
  await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });
}

/** "Checkpoint saved after step 1,234." → 1234 */
async function checkpointStep(page: Page): Promise<number> {
  const line = (await eventLines(page)).find((text) => text.startsWith('Checkpoint'));
  return Number(/step ([\d,]+)/.exec(line ?? '')?.[1].replaceAll(',', ''));
}

/** NaN: it moves, but says no number. */
const progressValue = async (page: Page): Promise<number> =>
  Number((await page.getByRole('progressbar', { name: 'Training progress' }).getAttribute('value')) ?? NaN);

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
  expect(await figureText(page, 'Pictures per second')).toBe('–');
  expect(await region(page, 'Progress').getByRole('status').textContent()).toBe('');
  expect(await progressValue(page)).toBeCloseTo(step / (EPOCHS * STEPS_AN_EPOCH));
  await place(page, 'Run, 1 paused').waitFor();
  // As after a restart: what it would still take is the same.
  await expect.poll(() => figureText(page, 'Time left')).toMatch(/s|min/);
  const left = await figureText(page, 'Time left');
  await page.reload();
  await expect.poll(() => figureText(page, 'Time left').catch(() => '')).toBe(left);
  expect(await figureText(page, 'Pictures per second')).toBe('–');
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
  await page.getByText(/keeps the last model now, of epoch [\d,]+ \(validation loss [\d.]+\)\.$/).waitFor();
  await reachesItsBins(launched);
  await button(page, 'Undo').click();
  await row.getByRole('link').first().click();
  await region(page, 'Result').getByText(kept).waitFor();
}

/** Of runs with many epochs, in the smallest window that shows all of it. */
async function reachesItsBins({ app, page }: LaunchedApp): Promise<void> {
  const setWidth = (width: number) =>
    app.evaluate(({ BrowserWindow }, w) => BrowserWindow.getAllWindows()[0].setContentSize(w, 650), width);
  await setWidth(1000);
  await page.waitForFunction(() => Math.abs(innerWidth - 1000) <= 1);
  const list = page.getByRole('group', { name: 'Runs' });
  await expect.poll(() => list.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  await setWidth(1280);
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
    await expectFewColoursEnough(page);
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
    // While its engine loads the bar stands where it was.
    await page.getByRole('status').getByText('Starting…').waitFor();
    expect(await progressValue(page)).toBeCloseTo(pausedAt / (EPOCHS * STEPS_AN_EPOCH));
    const beforeDeath = await reach(page, pausedAt);

    const first = await trainerProcess(app);
    process.kill(first, 'SIGKILL');
    const line =
      /^The training process stopped unexpectedly .*\(it was ended from outside, signal 9\)\. The run goes on from (the checkpoint after step|where it was resumed)/;
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
