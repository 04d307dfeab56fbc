// One round of a person's day: pictures come in, runs are trained, paused, resumed, finished and discarded, compared, exported, asked; all pages are opened.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { EXPORT_NAMES } from '#shared/exports';
import type { Answer } from '#shared/contract';
import { sampleFolder } from '#datasets/sample-folder';
import { pngBytes, writeAt } from '#test/support/pictures';
import { reach } from '../../e2e/long-run';
import { button, go, openTab, type Place } from '../../e2e/page-parts';
import { planDigits, startTraining } from '../../e2e/sample-flow';

const MINUTE = 60_000;
/** Far more than a round waits for. */
const MANY_EPOCHS = 3_000;
/** So that lists are as long after hours as after minutes. */
const KEPT_RUNS = 10;

export interface Workplace {
  app: ElectronApplication;
  page: Page;
  /** For what is chosen and saved; not the app's own. */
  folder: string;
}

/** What the next native dialog is answered with. */
const answerWith = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate((_electron, at) => void (process.env.OVERBATCH_TEST_DIALOG = at), path);

/** What a question of the page is answered with. */
const answered = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const given = await answer;
  if (!given.ok) throw new Error(given.sentence);
  return given.value;
};

async function importPictures({ app, page, folder }: Workplace, round: number): Promise<void> {
  const pictures = join(folder, `pictures-${round}`);
  for (const [place, label] of ['apples', 'pears', 'plums'].entries())
    for (let i = 0; i < 30; i++)
      writeAt(pictures, `${label}/${i}.png`, pngBytes({ width: 96, height: 72, seed: 1_000 * round + 100 * place + i }));
  await answerWith(app, pictures);
  await go(page, 'Data');
  await button(page, 'Choose folder…').click();
  await page.getByRole('button', { name: /^Import \d+ pictures$/ }).click({ timeout: MINUTE });
  const card = page.getByRole('article', { name: `pictures-${round}` });
  await card.waitFor({ timeout: MINUTE });
  await card.getByRole('link', { name: /^Open / }).click();
  await page.getByRole('heading', { level: 1, name: `pictures-${round}` }).waitFor();
  await go(page, 'Data');
  await button(page, `Remove pictures-${round}`).click();
  await card.waitFor({ state: 'detached', timeout: MINUTE });
  rmSync(pictures, { recursive: true });
}

async function plan(page: Page, epochs: number): Promise<void> {
  await go(page, 'Data');
  await button(page, 'Plan a run with digits').click();
  await planDigits(page, epochs);
}

async function trainToTheEnd({ page }: Workplace): Promise<void> {
  await plan(page, 3);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
}

async function pauseAndFinish({ page }: Workplace): Promise<void> {
  await plan(page, MANY_EPOCHS);
  await startTraining(page);
  const before = await reach(page, 30);
  await button(page, 'Pause').click();
  await page.getByText('Paused', { exact: true }).waitFor({ timeout: MINUTE });
  for (const place of ['History', 'Model', 'Run'] satisfies Place[]) await go(page, place);
  await button(page, 'Resume').click();
  await reach(page, before);
  await button(page, 'Finish early').click();
  await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });
}

async function discard({ page }: Workplace): Promise<void> {
  await plan(page, MANY_EPOCHS);
  await startTraining(page);
  await reach(page, 10);
  await button(page, 'Discard').click();
  await button(page, 'Discard the run').click();
  await page.getByText(/^Discarded the run/).waitFor({ timeout: MINUTE });
}

const finishedRuns = async (page: Page): Promise<string[]> => {
  const runs = await answered(page.evaluate(() => window.overbatch.listRuns()));
  return runs.filter(({ state }) => state === 'completed' || state === 'stopped').map(({ id }) => id);
};

async function compare({ page }: Workplace): Promise<void> {
  const [a, b] = await finishedRuns(page);
  await page.evaluate((address) => void (location.hash = address), `#/history/compare/${b}.${a}`);
  await page
    .getByRole('region', { name: 'Validation loss', exact: true })
    .or(page.getByText('Validation loss', { exact: true }))
    .first()
    .waitFor({ timeout: MINUTE });
  const matrices = page.getByRole('region', { name: 'What each takes for what' });
  await matrices.waitFor({ timeout: 2 * MINUTE });
}

async function exportAndAsk({ app, page, folder }: Workplace, round: number): Promise<void> {
  const [run] = await finishedRuns(page);
  const as = EXPORT_NAMES[round % EXPORT_NAMES.length];
  const out = join(folder, `export-${round}`);
  await answerWith(app, out);
  await answered(page.evaluate(([id, name]) => window.overbatch.exportModel(id, name), [run, as] as const));
  rmSync(out, { recursive: true });

  await answerWith(app, join(sampleFolder('digits'), '7'));
  await go(page, 'Model');
  await openTab(page, 'Try it');
  await button(page, 'Choose a folder…').click();
  await page
    .getByText(/^[\d,]+ pictures answered/)
    .first()
    .waitFor({ timeout: 2 * MINUTE });
  await openTab(page, 'How good is it');
}

/** Those of the first rounds go, with their weights at the next start. */
async function forgetOldRuns({ page }: Workplace): Promise<void> {
  const old = (await finishedRuns(page)).slice(KEPT_RUNS);
  if (old.length > 0) await answered(page.evaluate((ids) => window.overbatch.deleteRuns(ids), old));
  await go(page, 'History');
}

async function openPages({ page }: Workplace, round: number): Promise<void> {
  for (const place of ['Data', 'Plan', 'Run', 'History', 'Model'] satisfies Place[]) await go(page, place);
  if (round % 3 !== 0) return;
  await page.reload();
  await page.getByRole('navigation', { name: 'Places' }).waitFor({ timeout: MINUTE });
}

export const STEPS = { importPictures, trainToTheEnd, pauseAndFinish, discard, compare, exportAndAsk, forgetOldRuns, openPages };

/** After a step that could not be made: nothing trains, and the page is a new one. */
export async function clearUp({ page }: Workplace): Promise<void> {
  await page.evaluate(async () => {
    const current = await window.overbatch.currentRun();
    if (current.ok && current.value) await window.overbatch.discardRun(current.value.runId);
  });
  await page.reload();
  await go(page, 'Data');
}
