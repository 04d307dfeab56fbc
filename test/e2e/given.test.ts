// The real app is given files from outside: at its start and by a second start, as a double click does it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { computer, exported, trainedRun } from '#test/support/run-files';
import { temporaryFolder } from '#test/support/temporary-folder';
import { writeAt } from '#test/support/pictures';
import { launchApp, startAgain } from './launch';
import { look } from './looks';
import { button, go } from './page-parts';

const IDS = ['0a0a0a0a-1111-4222-8333-444444444444', '0b0b0b0b-1111-4222-8333-444444444444'];

test('a table that is given at the start is checked; runs that a second start brings come in after a yes, and not after a no', async () => {
  const from = computer();
  trainedRun(from, IDS[0]);
  const runs = await exported(from, [IDS[0]]);
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
  expect(errors).toEqual([]);
});
