// The whole slice by clicking alone, on real data: sample, plan, training, history, restart, a picture classified.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchApp } from './launch';
import { look } from './looks';

const PICTURE = join(import.meta.dirname, '../../resources/samples/digits/7/digit-0007.png');
const MINUTE = 60_000;

test(
  'a new user trains the digits in micro-batches of 32, reads the result, restarts and tries the model',
  async () => {
    const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: PICTURE } });
    const { page, dataFolder, errors } = launched;
    const places = page.getByRole('navigation', { name: 'Places' });

    await page.getByRole('button', { name: 'Try the digits sample' }).waitFor();
    await look(launched, '1-data-empty');
    await page.getByRole('button', { name: 'Try the digits sample' }).click();
    await page.getByText('1,797').first().waitFor();
    await look(launched, '2-data');

    await places.getByRole('link', { name: 'Plan' }).click();
    await expect.poll(() => page.getByLabel('Batch size', { exact: true }).inputValue()).toBe('256');
    const pieces = page.getByRole('group', { name: 'Pieces (micro-batches)' });
    await pieces.getByRole('radio', { name: 'At most' }).check();
    await pieces.getByLabel('Pictures per piece').fill('32');
    await look(launched, '3-plan');
    await page.getByRole('button', { name: 'Measure' }).click();
    const plan = page.getByRole('region', { name: 'Before you start' });
    await plan
      .getByText(/8 (pieces|micro-batches)/)
      .first()
      .waitFor({ timeout: MINUTE });
    await look(launched, '4-plan-measured');

    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('progressbar', { name: 'Training progress' }).waitFor({ timeout: MINUTE });
    await page
      .getByText(/samples\/s|pictures a second|pictures\/s/)
      .first()
      .waitFor({ timeout: MINUTE });
    await look(launched, '5-run');
    await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 4 * MINUTE });
    await look(launched, '6-run-finished');

    await places.getByRole('link', { name: 'History' }).click();
    await look(launched, '7-history');
    expect(errors).toEqual([]);
    await launched.close();

    const again = await launchApp({ dataFolder, env: { OVERBATCH_TEST_DIALOG: PICTURE } });
    await again.page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'History' }).click();
    const row = again.page.getByRole('row').filter({ hasText: 'digits' });
    const accuracy = /(\d+(?:\.\d+)?) ?%/.exec(await row.innerText());
    expect(Number(accuracy?.[1])).toBeGreaterThanOrEqual(97);
    await row.getByRole('link').first().click();
    await look(again, '8-history-run');

    await again.page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Try it' }).click();
    await look(again, '9-try');
    await again.page.getByRole('button', { name: /Choose/ }).click();
    const answer = again.page.getByRole('region', { name: 'What the model says' });
    await answer.getByRole('row').nth(1).waitFor({ timeout: MINUTE });
    await look(again, '10-try-answer');
    expect(await answer.innerText()).toMatch(/\b7\b/);
    expect(again.errors).toEqual([]);
    await again.close();
  },
  8 * MINUTE,
);
