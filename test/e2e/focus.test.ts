// Where the focus is when the page or what it is about changes: on its heading, or on what was used to change it where that is still there.
import { expect, test } from 'vitest';
import { run } from '#test/support/window/run-things';
import { launchApp } from './launch';
import { go } from './page-parts';

test('arrow keys go along the tabs and the models of a page and keep the focus; another page takes it', async () => {
  const { app, page } = await launchApp();
  const answer = (question: string, value?: unknown) =>
    app.evaluate(
      ({ ipcMain }, [name, given]) => {
        ipcMain.removeHandler(name as string);
        ipcMain.handle(name as string, () => ({ ok: true, value: given }));
      },
      [`overbatch:ask:${question}`, value],
    );
  // Newest first, as the store tells them.
  const runs = ['first', 'second', 'third'].map((id, older) => ({
    ...run({ id, name: id, startedAt: new Date(Date.UTC(2026, 0, 31 - older)).toISOString() }),
    ...{ steps: [], epochs: [], events: [] },
  }));
  await answer('listRuns', runs);
  const focus = () => page.evaluate(() => document.activeElement?.id ?? '');
  const address = () => page.evaluate(() => location.hash);
  // What is pressed by a key in the list keeps the focus, wherever its row goes.
  await answer('markRuns');
  await go(page, 'History');
  await page.getByRole('button', { name: 'Pin third' }).focus();
  await page.keyboard.press('p');
  const names = page.locator('[data-control="name"]');
  await expect.poll(() => names.allTextContents()).toEqual(['third', 'first', 'second']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Pin third');
  // A row that goes leaves it to the one in its place; what was deleted and is back has nothing to undo.
  await answer('deleteRuns');
  await answer('listRuns', runs.slice(0, 2));
  await page.keyboard.press('Delete');
  const deleted = page.getByText('Deleted the run “third”.');
  await deleted.waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Pin first');
  await go(page, 'Data');
  expect(await deleted.count()).toBe(1);
  await answer('listRuns', runs);
  await go(page, 'History');
  await expect.poll(() => deleted.count()).toBe(0);

  await go(page, 'Model');
  // The address says nothing yet of which model it is.
  expect(await address()).toBe('#/model');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

  await page.getByRole('tab', { name: 'How good is it' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(address).toBe('#/model/first/try');
  expect(await focus()).toBe('tab-try');

  const models = page.getByLabel('Model', { exact: true });
  await models.focus();
  for (const id of ['second', 'third']) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(address).toBe(`#/model/${id}/try`);
    expect(await models.evaluate((element) => element === document.activeElement)).toBe(true);
  }

  await page.evaluate(() => (location.hash = '#/plan'));
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Plan');
});
