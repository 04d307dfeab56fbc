// A page that was exported, opened by a browser from the disk and without a network: it answers as the app does, by keyboard too, and
// nothing in a label or a name becomes a part of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { sampleFolder } from '#datasets/sample-folder';
import { executeExport } from '#trainer/exports/execute-export';
import { runPictures, savedModel } from '../../support/exported-runs';
import { withExportedPage } from '../../support/exported-page';
import { packedSample, runTable } from '../../support/table-runs';
import { temporaryFolder } from '../../support/temporary-folder';
import { dropFiles } from '../drop-files';
import { look } from '../looks';
import { button, region } from '../page-parts';
import { openPage } from './open-page';

withExportedPage();

const digit = (label: number, number: string) => join(sampleFolder('digits'), String(label), `digit-${number}.png`);

async function exported(modelFolder: string, name: string, datasetFolder?: string): Promise<string> {
  const out = join(temporaryFolder(), 'page.html');
  await executeExport({ modelFolder, as: 'html', out, name, datasetFolder }, () => {});
  return out;
}

async function digitsPage(): Promise<string> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(sampleFolder('digits'), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return exported(await runPictures(datasetFolder, { epochs: 6, batch: 64 }), 'Digits', datasetFolder);
}

test('digits: chosen, dropped and pasted pictures are answered, by keyboard, in both themes, and nothing is asked of a server', async () => {
  const opened = await openPage(await digitsPage());
  const { page, errors } = opened;
  // Before anything is pressed: the browser has to be told that a test answers its dialog.
  page.on('filechooser', (chooser) => void chooser.setFiles(digit(7, '0007')));
  await page.getByText('Give it a picture').waitFor();
  await look({ ...opened, dataFolder: '', close: async () => {} }, 'exported-1-digits');
  const answer = region(page, 'What the model says');
  const first = () => answer.getByRole('rowheader').first().innerText();

  await button(page, 'Choose picture…').press('Enter');
  await expect.poll(first).toBe('7');
  await dropFiles(page, region(page, 'Picture'), [digit(1, '0001')]);
  await expect.poll(first).toBe('1');
  await look({ ...opened, dataFolder: '', close: async () => {} }, 'exported-2-answer');
  await paste(opened.page, digit(4, '0004'));
  await expect.poll(first).toBe('4');

  await dropFiles(page, region(page, 'Picture'), [join(sampleFolder('digits'), 'LICENSE')]);
  await answer.getByRole('alert').waitFor();
  expect(await answer.innerText()).toContain('cannot open that file as a picture');
  await page.getByText('About this model').click();
  await page
    .getByText(/On 359 validation pictures, which it did not learn from: \d+\.\d\s% right\. The model may have been chosen/)
    .first()
    .waitFor();
  await page.getByText('Receipt: how it was trained').click();
  await page.getByText(/"microBatch"/).waitFor();
  expect(errors).toEqual([]);
  expect((await opened.asked()).filter((url) => !/^(?:file|blob|data|devtools):/.test(url))).toEqual([]);
});

async function paste(page: Page, file: string): Promise<void> {
  await page.evaluate((letters) => {
    const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
  }, readFileSync(file).toString('base64'));
}

test('rows: a form with the columns, filled with what is usual, answered by keyboard', async () => {
  const datasetFolder = await packedSample('penguins');
  const { outFolder } = await runTable(datasetFolder, 'classification', { epochs: 8, model: 'mlp' });
  const opened = await openPage(await exported(outFolder, 'Penguins', datasetFolder));
  const { page, errors } = opened;
  const mass = page.getByLabel('body_mass_g');
  await mass.fill('heavy');
  await page.getByText('This is no number.').waitFor();
  expect(await button(page, 'Ask the model').isDisabled()).toBe(true);
  await mass.fill('5800');
  await page.getByLabel('flipper_length_mm').fill('225');
  await page.getByLabel('bill_depth_mm').fill('15');
  await page.getByLabel('island').selectOption('Biscoe');
  await mass.press('Enter');
  await expect.poll(() => region(page, 'What the model says').getByRole('rowheader').first().innerText()).toBe('Gentoo');
  await look({ ...opened, dataFolder: '', close: async () => {} }, 'exported-3-row');
  expect(errors).toEqual([]);
});

test('masks: what was found is laid over the picture', async () => {
  const opened = await openPage(await exported(savedModel('u-net-light', [32, 32, 3]), 'Cells'));
  const { page, errors } = opened;
  await dropFiles(page, region(page, 'Picture'), [digit(3, '0003')]);
  await page.getByLabel('Show the mask').waitFor();
  await look({ ...opened, dataFolder: '', close: async () => {} }, 'exported-4-mask');
  expect(errors).toEqual([]);
});

test('markup in labels and names stays text, and the policy runs no script but the page’s own', async () => {
  const labels = ['</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><b>bold</b>'];
  const { page, errors } = await openPage(await exported(savedModel('small-cnn', [8, 8, 1], {}, labels), '<img src=x onerror=alert(2)>'));
  await dropFiles(page, region(page, 'Picture'), [digit(3, '0003')]);
  const said = region(page, 'What the model says');
  await expect.poll(() => said.getByRole('rowheader').count()).toBe(3);
  expect((await said.getByRole('rowheader').allInnerTexts()).sort()).toEqual([...labels].sort());
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('<img src=x onerror=alert(2)>');
  expect(await page.locator('img[src=x], b').count()).toBe(0);
  expect(errors).toEqual([]);
  // The control: even where markup became a part of the page, it would not run.
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = \'taken\'">');
    document.body.append(Object.assign(document.createElement('script'), { textContent: "document.title = 'taken'" }));
  });
  await expect.poll(() => errors.filter((error) => error.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
  expect(await page.title()).toBe('<img src=x onerror=alert(2)>');
});

test('a page that was cut off says so', async () => {
  const file = await exported(savedModel('small-cnn', [8, 8, 1]), 'Half');
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf('id="weights"');
  // What ends too early has no program at all.
  const short = join(temporaryFolder(), 'short.html');
  writeFileSync(short, text.slice(0, start + 200));
  const cut = await openPage(short);
  await cut.page.getByText(/the file was cut off .*: copy it again/).waitFor();
  // Half of the weights are missing, as where a copy went wrong and was mended.
  const half = join(temporaryFolder(), 'half.html');
  writeFileSync(half, `${text.slice(0, start + 200)}${text.slice(text.indexOf('</script>', start))}`);
  const { page } = await openPage(half);
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('copy it again');
  expect(await page.getByText('Where nothing else appears').count(), 'control').toBe(0);
});
