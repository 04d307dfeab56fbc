// The window closed while a run trains, with runs that wait: gone on without it, shown again, paused, begun anew.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { listRuns } from '#store/runs';
import { launchApp, startAgain } from './launch';
import { MINUTE, place, reach, startLongRun, trainerProcess } from './long-run';
import { look } from './looks';
import { button, figure, go } from './page-parts';
import { planTooMuch, queueDigits } from './plan-for-later';

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
    await place(page, 'Run, 2 waiting, training').waitFor();
    await answerWith(app, CANCEL);
    await closeWindow(app);
    const asked = () => app.evaluate(() => (globalThis as { asked?: { message?: string; detail?: string } }).asked);
    await expect.poll(asked).toMatchObject({ message: expect.stringMatching(/^“.*” is still training, \d+\s% done\.$/) as string });
    expect((await asked())?.detail).toContain('2 runs wait after it.');
    const before = await reach(page, await figure(page, 'Step'));

    await answerWith(app, GO_ON);
    const closed = page.waitForEvent('close');
    await closeWindow(app);
    await closed;
    const trainer = await trainerProcess(app);
    const shown = app.waitForEvent('window');
    await startAgain(dataFolder, ['/gone/mine.runs.zip']);
    const back = await shown;
    const given = back.getByRole('dialog', { name: '“mine.runs.zip” was not opened' });
    await given.getByText('There is no file or folder /gone/mine.runs.zip.').waitFor();
    await given.getByRole('button', { name: 'Close' }).last().click();
    await back.getByRole('progressbar', { name: 'Training progress' }).waitFor({ timeout: MINUTE });
    const leftAt = await reach(back, before);
    expect(await trainerProcess(app)).toBe(trainer);

    await answerWith(app, PAUSE);
    let ended = appEnds(app);
    await closeWindow(app);
    await ended;
    const again = await launchApp({ dataFolder });
    await place(again.page, 'Run, 1 paused, 2 waiting').waitFor();
    await again.page
      .getByText('These runs were waiting when Overbatch was ended. “Resume, then the queue” takes up the run above first')
      .waitFor();
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
    const notice = /^“.* \(2\)” completed after 30 epochs\. The model of epoch \d+ is kept: [\d.]+\s% right in validation\.$/;
    await again.page.getByText(notice).waitFor({ timeout: MINUTE });
    expect(await again.page.getByRole('dialog').count()).toBe(0);
    // One line below the page; what was said before stands behind it.
    await button(again.page, '2 more').click();
    await again.page.getByText(/\(2\)” ended by itself before you had answered; nothing was discarded\.$/).waitFor();
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
