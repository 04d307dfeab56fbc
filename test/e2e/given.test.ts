// The real app is given files from outside: at its start and by a second start, as a double click does it.
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { expect, test } from 'vitest';
import { computer, exported, trainedRun } from '#test/support/run-files';
import { temporaryFolder } from '#test/support/temporary-folder';
import { writeAt } from '#test/support/pictures';
import { launchApp, startAgain, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go } from './page-parts';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';

test('a table that is given at the start is checked; runs that a second start brings come in after a yes, and not after a no', async () => {
  const from = computer();
  trainedRun(from, ID);
  const runs = await exported(from, [ID]);
  const table = writeAt(temporaryFolder(), 'passengers.csv', 'age,port,lived\n1,a,yes\n2,b,no\n3,a,yes\n4,b,no\n5,a,yes\n6,b,no\n');

  const launched = await launchApp({ args: [table] });
  const { app, page, dataFolder, errors } = launched;
  await page
    .getByRole('heading', { name: /passengers/ })
    .first()
    .waitFor();

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].minimize());
  await startAgain(dataFolder, [runs, join('/gone', 'notes.docx')]);
  const dialog = page.getByRole('dialog', { name: 'Take in runs from “some.runs.zip”?' });
  await dialog.getByText('One more file was opened and is asked about next.').waitFor();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized()))).toEqual([false]);
  await look(launched, 'given-runs');
  await button(dialog, 'Not now').click();
  const refused = page.getByRole('dialog', { name: '“notes.docx” was not opened' });
  await refused.getByText('There is no file or folder /gone/notes.docx.').waitFor();
  // A window that is loaded anew is asked what it had not answered.
  await page.reload();
  await refused.waitFor();
  await page.keyboard.press('Escape');
  await refused.waitFor({ state: 'detached' });
  await go(page, 'History');
  await page.getByText('No runs yet').waitFor();

  await startAgain(dataFolder, [runs]);
  await button(dialog, 'Take in runs').click();
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('heading', { name: 'Receipt' }).waitFor();

  // The table was checked: the menu has it, and opens it again.
  await press(app, 'recent', 0);
  await page
    .getByRole('heading', { name: 'Check “passengers.csv” as data?' })
    .or(page.getByRole('heading', { name: /^passengers/ }))
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await aboutNamesAll(launched);
  expect(errors).toEqual([]);
});

/** An item of the application menu, or the one in this place below it. */
const press = (app: ElectronApplication, id: string, below?: number) =>
  app.evaluate(
    ({ Menu }, [name, place]) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(name);
      const pressed = place === undefined ? item : item?.submenu?.items[place];
      if (!pressed?.enabled) throw new Error(`The menu offers no ${name}.`);
      pressed.click();
    },
    [id, below] as const,
  );

async function aboutNamesAll(launched: LaunchedApp): Promise<void> {
  const { app, page } = launched;
  await press(app, 'about');
  const about = page.getByRole('dialog', { name: 'About Overbatch' });
  await about.getByText(/^\d+ of \d+ components$/).waitFor();
  await about.getByRole('searchbox').fill('chart.js mit');
  await about.getByText(/^1 of \d+ components$/).waitFor();
  await about.getByText('chart.js', { exact: true }).click();
  await about.getByText(/Permission is hereby granted/).waitFor();
  await look(launched, 'about');
  await page.keyboard.press('Escape');
  await about.waitFor({ state: 'detached' });
}
