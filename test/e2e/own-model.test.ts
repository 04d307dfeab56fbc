// A network of a person's own by clicking alone: its file chosen, its last layer trained on other classes, and the receipt names it.
import '@tensorflow/tfjs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { residualModel, writeLayersModel } from '#test/support/layers-model-file';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go } from './page-parts';
import { importDigits } from './sample-flow';

const MINUTE = 60_000;

test(
  'a model.json of TF.js is taken in, started from and named',
  async () => {
    const { folder } = await writeLayersModel(residualModel(null), join(temporaryFolder(), 'leaf-net'));
    const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: join(folder, 'model.json') } });
    const { page, errors } = launched;
    await importDigits(page);
    await go(page, 'Plan');
    await page.getByLabel('Model', { exact: true }).selectOption('own');
    await button(page, 'Choose file…').click();
    const start = page.getByLabel('Start from', { exact: true });
    await start.getByText('File: leaf-net').waitFor({ state: 'attached', timeout: MINUTE });
    expect(await page.getByLabel('What is trained', { exact: true }).inputValue()).toBe('head');
    await look(launched, 'own-model-plan');
    await button(page, 'Delete leaf-net').click();
    const dialog = page.getByRole('dialog', { name: 'Delete the model leaf-net?' });
    await dialog.getByText(/No run needs it\. .* come back to the disk\./).waitFor();
    await look(launched, 'own-model-delete');
    await button(dialog, 'Delete model').click();
    await page.getByText(/^Deleted the model “leaf-net”: .* came back to the disk\.$/).waitFor();
    expect(await start.count()).toBe(0);
    await button(page, 'Choose file…').click();
    await start.getByText('File: leaf-net').waitFor({ state: 'attached', timeout: MINUTE });
    await page.getByLabel('Epochs', { exact: true }).fill('2');
    await button(page, 'Start training').click();
    await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
    await go(page, 'History');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    const facts = await page.getByRole('region', { name: 'Settings' }).innerText();
    expect(facts).toContain('Your own model');
    expect(facts).toMatch(/leaf-net, fingerprint [0-9a-f]{16}/);
    await look(launched, 'own-model-history');
    expect(errors).toEqual([]);
  },
  10 * MINUTE,
);
