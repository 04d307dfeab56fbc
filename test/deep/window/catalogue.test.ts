// Every model trains an epoch by clicking, in the real app, on data that suits it and in a budget that forces micro-batches; the large ones
// narrower on WebAssembly.
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { MODEL_NAMES } from '#shared/run-spec';
import { CATALOGUE_DATA, DIGITS } from '#test/support/catalogue-data';
import { engineIsInstalled } from '#test/support/tensorflow';
import { dropFiles } from '../../e2e/drop-files';
import { launchApp } from '../../e2e/launch';
import { button, go, measured, region } from '../../e2e/page-parts';
import { importDigits } from '../../e2e/sample-flow';

/** Fewest micro-batches of every mini-batch. */
const PIECES = 4;
const MINUTE = 60_000;

async function importData(page: Page, source: string): Promise<void> {
  if (source === DIGITS) return importDigits(page);
  await dropFiles(page, page.locator('main'), [source]);
  await page.getByRole('button', { name: /^Import [\d,]+ (pictures|rows)$/ }).click({ timeout: 2 * MINUTE });
  await page.getByRole('article').waitFor({ timeout: 2 * MINUTE });
}

/** Measures what is asked for, and answers a budget that holds it: what the page says it needs, one more in its last digit. */
async function budgetFor(page: Page): Promise<string> {
  await button(page, 'Measure').click();
  await measured(page, 5 * MINUTE);
  const shown = region(page, 'Before you start').locator('.caption').filter({ hasText: 'In pieces' }).locator('span').last();
  const [number, unit] = (await shown.innerText()).split(' ');
  const digits = number.split('.')[1]?.length ?? 0;
  return `${(Number(number) + 10 ** -digits).toFixed(digits)} ${unit}`;
}

describe.each([
  ['tensorflow-cpu', engineIsInstalled()],
  ['wasm', true],
] as const)('on %s', (engine, isHere) => {
  it.skipIf(!isHere).each(MODEL_NAMES)('%s trains an epoch in four micro-batches or more, and can be tried afterwards', async (model) => {
    const { data, batch, width } = CATALOGUE_DATA[model];
    const { page, errors } = await launchApp();
    await importData(page, data());
    await go(page, 'Plan');
    await page.getByLabel('Model', { exact: true }).selectOption(model);
    const fill = (label: string, value: string | number) => page.getByLabel(label, { exact: true }).fill(String(value));
    await fill('Batch size', batch);
    await fill('Epochs', 1);
    await fill('Learning rate', 0.01);
    // With plain SGD the largest need is that of a piece, not that of the update.
    await page.getByLabel('Optimizer', { exact: true }).selectOption('sgd');
    await page.getByLabel('Engine', { exact: true }).selectOption(engine);
    if (engine === 'wasm' && width !== undefined) {
      await page.getByRole('heading', { name: 'More settings' }).click();
      await fill('Width of the model (percent)', 100 * width);
    }
    const pieces = page.getByRole('group', { name: 'Pieces (micro-batches)' });
    await pieces.getByRole('radio', { name: 'At most' }).check();
    await pieces.getByLabel(/per piece$/).fill(String(batch / PIECES));
    const budget = await budgetFor(page);
    await pieces.getByRole('radio', { name: 'Automatic' }).check();
    await page.getByRole('group', { name: 'Memory budget' }).getByRole('radio', { name: 'At most' }).check();
    await fill('Memory budget amount', budget);

    await button(page, 'Start training').click();
    const running = page.getByRole('heading', { level: 1, name: 'Run' });
    const heldBack = page.getByText('Press Start again to go on all the same.');
    await running.or(heldBack).waitFor({ timeout: 5 * MINUTE });
    if (await heldBack.isVisible()) await button(page, 'Start training').click();
    await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 10 * MINUTE });
    const said = await region(page, 'One batch').innerText();
    const [, count] = /as (\d+) pieces/.exec(said) ?? [];
    expect(Number(count), said).toBeGreaterThanOrEqual(PIECES);
    console.log(`${model} on ${engine}: ${count} micro-batches in ${budget}`);
    expect(errors).toEqual([]);
  });
});
