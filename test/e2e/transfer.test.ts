// A trained start by clicking alone: chosen with what it means, measured, trained in seconds, and said in the history.
import { expect, test } from 'vitest';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go, measured, region } from './page-parts';
import { importDigits } from './sample-flow';

const MINUTE = 60_000;

test(
  'a model starts from ImageNet, trains its last layer, and the history says so',
  async () => {
    const launched = await launchApp();
    const { page, errors } = launched;
    await importDigits(page);
    await go(page, 'Plan');
    expect(await page.getByLabel('Start from', { exact: true }).count()).toBe(0);
    await page.getByLabel('Model', { exact: true }).selectOption('efficientnet-lite0');
    const start = page.getByLabel('Start from', { exact: true });
    await start.waitFor();
    const batchNorm = page.getByLabel('Batch normalization', { exact: true });
    expect(await batchNorm.inputValue()).toBe('per-micro-batch');
    expect(await page.getByLabel('What is trained', { exact: true }).count()).toBe(0);
    await start.selectOption('imagenet');
    expect(await page.getByLabel('What is trained', { exact: true }).inputValue()).toBe('head');
    expect(await batchNorm.inputValue()).toBe('frozen');
    await look(launched, 'transfer-plan');

    await batchNorm.selectOption('exact');
    await page.getByText('batch normalization must be frozen').waitFor();
    await batchNorm.selectOption('frozen');
    await page.getByLabel('Epochs', { exact: true }).fill('2');
    await page.getByRole('heading', { name: 'More settings' }).click();
    await page.getByLabel('Picture size (pixels)', { exact: true }).fill('32');
    await button(page, 'Measure').click();
    await measured(page);
    await region(page, 'Before you start').getByText('Identical').first().waitFor();
    await look(launched, 'transfer-measured');
    await button(page, 'Start training').click();
    await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
    await look(launched, 'transfer-run');
    await go(page, 'History');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    const facts = await page.getByRole('region', { name: 'Settings' }).innerText();
    expect(facts).toContain('ImageNet photographs');
    expect(facts).toContain('of which 12,810 were trained');
    await look(launched, 'transfer-history');
    expect(errors).toEqual([]);
  },
  10 * MINUTE,
);
