// Is it better, or is it luck: three runs made by clicking, ticked in the history, compared, a picture they disagree on opened.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RunSummary } from '#shared/run-record';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp, screenshotPath, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go, region } from './page-parts';
import { importDigits, planDigits } from './sample-flow';

const MINUTE = 60_000;

/** With these settings other than the run before. */
async function trainWith(page: Page, settings: Record<string, string>): Promise<void> {
  await go(page, 'Plan');
  for (const [label, value] of Object.entries(settings)) await page.getByLabel(label, { exact: true }).fill(value);
  await train(page);
}

async function train(page: Page): Promise<void> {
  await button(page, 'Start training').click();
  await page.getByRole('progressbar', { name: 'Training progress' }).waitFor({ timeout: MINUTE });
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 2 * MINUTE });
}

/** As they are stored, the oldest first. */
const storedRuns = async (page: Page): Promise<RunSummary[]> =>
  (
    await page.evaluate(async () => {
      const runs = await window.overbatch.listRuns();
      if (!runs.ok) throw new Error(runs.sentence);
      return runs.value;
    })
  ).reverse();

const points = (difference: number): string =>
  difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${(100 * Math.abs(difference)).toFixed(1)} points`;

/** Lines that Chromium lays out with a size of their own, in a page whose scripts may not run. */
const drawnWithoutScripts = (app: LaunchedApp['app'], file: string): Promise<number> =>
  app.evaluate(async ({ BrowserWindow }, at) => {
    const window = new BrowserWindow({ show: false, webPreferences: { javascript: false, partition: 'report' } });
    await window.loadFile(at);
    const { debugger: protocol } = window.webContents;
    protocol.attach();
    const { root } = (await protocol.sendCommand('DOM.getDocument')) as { root: { nodeId: number } };
    const wanted = { nodeId: root.nodeId, selector: 'svg[role=img] path.line' };
    const { nodeIds } = (await protocol.sendCommand('DOM.querySelectorAll', wanted)) as { nodeIds: number[] };
    let drawn = 0;
    for (const nodeId of nodeIds) {
      const { model } = (await protocol.sendCommand('DOM.getBoxModel', { nodeId })) as { model: { width: number } };
      if (model.width > 100) drawn++;
    }
    window.destroy();
    return drawn;
  }, file);

/** Opened without scripts, it shows the same with its charts. */
async function reportIsSaved({ app, page }: LaunchedApp, rates: string[]): Promise<void> {
  const file = join(temporaryFolder(), 'report.html');
  await app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), file);
  await button(page, 'Save report…').click();
  await page.getByText('Saved report.html.').waitFor();
  expect(await drawnWithoutScripts(app, file)).toBe(6);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/<script|https?:/);
  expect([...text.matchAll(/<caption>([^<]+)<\/caption>/g)].map(([, title]) => title)).toEqual(['A', 'B', 'B less A']);
  expect(text.match(/class="line [AB]" d="M[\d.]+,[\d.]+L/g)).toHaveLength(6);
  expect(text).toContain(`<th scope="row">Learning rate</th>${rates.map((rate) => `<td>${rate}</td>`).join('')}`);
}

/** By keyboard alone: all lines at one place, closer, and the pictures behind a cell of a confusion matrix. */
async function readByKeyboard(page: Page): Promise<void> {
  const reader = page.getByRole('slider', { name: 'Validation loss: values at one place' });
  await reader.focus();
  await page.keyboard.press('Home');
  const first = await reader.getAttribute('aria-valuetext');
  expect(first).toMatch(/^Epoch 1: A [\d.]+, B [\d.]+$/);
  await page.keyboard.press('ArrowRight');
  expect(await reader.getAttribute('aria-valuetext')).toMatch(/^Epoch 2: /);
  await page.keyboard.press('+');
  await button(page, 'Show all').waitFor();
  await button(page, 'Show all').press('Enter');
  const matrices = region(page, 'What each takes for what');
  await matrices
    .getByRole('button', { name: /^\d+ pictures of 0, recognized$/ })
    .first()
    .focus();
  for (const key of ['ArrowRight', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
  await matrices.getByRole('heading', { name: /^0, recognized by A: \d+ pictures$/ }).waitFor();
  await matrices
    .getByRole('button', { name: /^is 0; A: 0; B: \d$/ })
    .first()
    .waitFor({ timeout: MINUTE });
}

/** Numbers as they are stored. */
async function dataIsSaved({ app, page }: LaunchedApp, runs: RunSummary[]): Promise<void> {
  const file = join(temporaryFolder(), 'comparison.json');
  await app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), file);
  await button(page, 'Save JSON…').click();
  await page.getByText('Saved comparison.json.').waitFor();
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { runs: { id: string }[]; results: { name: string; values: number[] }[] };
  expect(saved.runs.map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
  expect(saved.results.find(({ name }) => name === 'Validation, right')?.values).toEqual(runs.map((run) => run.validationAccuracy));
}

/** As it is shown, in the size it has on the screen or more. @returns how many of its pixels are neither black, white nor grey: those of lines */
async function pictureIsSaved({ app, page }: LaunchedApp, chart: RegExp, name: string): Promise<number> {
  const file = join(temporaryFolder(), `${name}.png`);
  await app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), file);
  await page.getByRole('button', { name: chart }).click();
  await page.getByText(`Saved ${name}.png.`).waitFor();
  copyFileSync(file, screenshotPath(`compare-saved-${name}`));
  const [width, coloured] = await app.evaluate(({ nativeImage }, at) => {
    const image = nativeImage.createFromPath(at);
    const bits = image.toBitmap();
    let many = 0;
    for (let i = 0; i < bits.length; i += 4) {
      const [blue, green, red] = bits.subarray(i, i + 3);
      if (Math.max(blue, green, red) - Math.min(blue, green, red) > 60) many++;
    }
    return [image.getSize().width, many];
  }, file);
  expect(width).toBeGreaterThan(300);
  return coloured;
}

/** A fault while a page is drawn is told in its place, and what is gone to next is drawn anew. */
async function brokenPageIsLeft(page: Page): Promise<void> {
  await go(page, 'Run');
  await page.evaluate(() => {
    const own = Reflect.get(Date.prototype, 'toLocaleTimeString');
    Object.assign(window, { mend: () => (Date.prototype.toLocaleTimeString = own) });
    Date.prototype.toLocaleTimeString = () => {
      throw new Error('drawn wrongly');
    };
  });
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { level: 1, name: 'This page cannot be shown' }).waitFor();
  await page.evaluate(() => (window as unknown as { mend(): void }).mend());
  await go(page, 'Data');
  await go(page, 'History');
}

/** The ticked ones, as a file; taken back from it, one that was deleted is there again and nothing else changes. */
async function runsTravel(launched: LaunchedApp): Promise<void> {
  const { app, page } = launched;
  await go(page, 'History');
  const before = await storedRuns(page);
  const file = join(temporaryFolder(), 'three.runs.zip');
  await app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), file);
  await button(page, 'Export the ticked runs').click();
  const dialog = page.getByRole('dialog', { name: 'Export 3 runs' });
  await dialog.getByRole('checkbox', { name: 'With the trained models' }).waitFor();
  await look(launched, 'history-export');
  await button(dialog, 'Save as…').click();
  await page.getByText(/Saved 3 runs as three\.runs\.zip/).waitFor({ timeout: MINUTE });
  await button(page, `Delete ${before[0].name}`).click();
  await button(page, 'Import runs…').click();
  await page.getByText('Brought back one run that had been deleted here. 2 are here already.').waitFor({ timeout: MINUTE });
  expect(await storedRuns(page)).toEqual(before);
}

test(
  'three runs are compared: what differs first, how far each is from the baseline, and whether it is luck',
  { timeout: 240_000 },
  async () => {
    const launched = await launchApp();
    const { page, errors } = launched;
    await importDigits(page);
    await planDigits(page, 2);
    await train(page);
    await trainWith(page, { 'Learning rate': '0.0005' });
    // As a setting and as a result its epochs are others.
    await trainWith(page, { Seed: '7', Epochs: '3' });

    await go(page, 'History');
    const compare = page.getByRole('link', { name: 'Compare' });
    const ticks = page.getByRole('checkbox', { name: /^Tick .*,/ });
    expect(await ticks.count()).toBe(3);
    expect(await button(page, 'Compare').isDisabled()).toBe(true);
    // By keyboard; the newest stands first.
    for (const place of [1, 2]) {
      await ticks.nth(place).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Oldest first');
    expect(await ticks.nth(0).isChecked()).toBe(true);
    await page.getByRole('searchbox', { name: 'Find runs' }).fill('no such run');
    await button(page, 'Show all').click();
    await look(launched, 'history-ticked');
    await compare.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Compare' }).waitFor();

    const table = page.getByRole('group', { name: 'Settings and results' });
    const row = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    const [first, second] = await storedRuns(page);
    expect(first.spec.learningRate).not.toBe(second.spec.learningRate);
    // Below the heads and the name of the group.
    const rates = [first, second].map(({ spec }) => String(spec.learningRate));
    expect((await table.getByRole('row').nth(2).innerText()).split(/\s*\t\s*/)).toEqual(['Learning rate', ...rates]);
    await expect.poll(() => row('Validation, right').innerText()).toContain(points(second.validationAccuracy! - first.validationAccuracy!));

    const verdict = region(page, 'Is it better, or is it luck?');
    await verdict
      .getByText(/with 359 held-out pictures a difference this size appears by luck in .* of 100 cases, so it (may be|is hardly) luck\./)
      .waitFor({
        timeout: 2 * MINUTE,
      });
    const disagreeing = region(page, 'Where they disagree');
    const picture = disagreeing.getByRole('button', { name: /^is \d; A: \d; B: \d$/ }).first();
    await picture.waitFor({ timeout: MINUTE });
    await look(launched, 'compare-two');
    const name = await picture.getAttribute('aria-label');
    await picture.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: /digit-/ }).waitFor({ timeout: MINUTE });
    expect(await dialog.innerText()).toMatch(new RegExp(`A says\\s+${/A: (\d)/.exec(name!)![1]}`));
    await button(dialog, 'Close').click();

    await readByKeyboard(page);
    await reportIsSaved(launched, rates);
    await dataIsSaved(launched, [first, second]);
    expect(await pictureIsSaved(launched, /^Validation loss: Save picture…$/, 'loss')).toBeGreaterThan(60);

    // The other one is the baseline now, and the sign turns.
    await page.getByRole('link', { name: 'Make B the baseline' }).press('Enter');
    await expect.poll(() => row('Validation, right').innerText()).toContain(points(first.validationAccuracy! - second.validationAccuracy!));

    // A third, with another seed, holds out other pictures: no verdict by them.
    await page.getByRole('link', { name: 'All runs' }).click();
    await ticks.last().check();
    await compare.click();
    await verdict.getByText(/holds out .*because their seeds or validation shares differ\./).waitFor({ timeout: 2 * MINUTE });
    await region(page, 'How they go together')
      .getByRole('img', { name: /^Settings and results of each run\. A: / })
      .waitFor();
    for (const [chart, name] of [
      [/^Settings and results of each run: Save picture…$/, 'parallel'],
      [/ against .*: Save picture…$/, 'scatter'],
    ] as const)
      expect(await pictureIsSaved(launched, chart, name), name).toBeGreaterThan(60);
    const lines = page.getByRole('group', { name: 'Lines that are shown' });
    await lines.getByRole('button').nth(2).press('Space');
    expect(await lines.getByRole('button', { pressed: true }).count()).toBe(2);
    await look(launched, 'compare-three');
    await runsTravel(launched);
    expect(errors).toEqual([]);
    await brokenPageIsLeft(page);
    expect(errors).not.toEqual([]);
    expect(errors.every((error) => error.includes('drawn wrongly'))).toBe(true);
  },
);
